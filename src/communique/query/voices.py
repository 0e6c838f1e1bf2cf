"""Voices: who says what about whom."""

from __future__ import annotations

import pyarrow as pa

from communique.query.relations import Relation

_VOICES = """
WITH said AS (SELECT * FROM ({statements}
)), told AS (
  SELECT s.speaker_name AS speaker, s.speaker_country AS country, s.document AS document, s.id AS statement,
    s.content AS content, s.published_start AS published, e.plover AS plover, e.status AS status,
    e.actor_names AS actors, e.recipient_names AS recipients
  FROM said AS s JOIN events AS e ON e.document = s.document AND e.run = s.run AND list_contains(s.events, e.id)
  WHERE s.speaker_name IS NOT NULL
), about AS (
  SELECT *, unnest(list_distinct(list_concat(actors, recipients))) AS about FROM told
)
SELECT speaker, any_value(country) AS country, about, plover, status, count(*) AS times,
  count(DISTINCT document) AS reports, min(published) AS first, max(published) AS last,
  first(statement ORDER BY published DESC, document) AS latest,
  first(content ORDER BY published DESC, document) AS words
FROM about WHERE about <> speaker GROUP BY speaker, about, plover, status ORDER BY times DESC, speaker, about, plover, status"""


def voices(statements: Relation) -> pa.Table:
    """A row for each speaker, whom the events of the statement are about, their type and status: `times` said, in how many
    `reports`, `first` and `last` day of report, the id of the `latest` statement and its `words`. The most frequent come
    first."""
    return statements.view.ask(_VOICES.format(statements=statements.query), statements.values)
