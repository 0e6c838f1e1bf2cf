"""What stands around reports on pages, in our own wording."""
# ruff: noqa: E501  # markup reads best on one line

from __future__ import annotations

from html import escape

from .reports import Told

NAV = "".join(
    f'<li><a href="/{w.lower()}">{w}</a></li>' for w in "Home World Politics Business Sport Culture Opinion Weather".split()
)
TEASERS = (
    (
        "Ferry company cancels all sailings to Orme",
        "Passengers have to wait until Saturday as engineers look for a fault in the main engine.",
    ),
    (
        "Why the lakes of Lagona turn green",
        "Researchers blame warm nights and fertiliser. Bathers in three towns are advised to stay out.",
    ),
    (
        "Museum buys back a stolen altar",
        "The work had hung in a private house for forty years before a student recognised it.",
    ),
    (
        "Two goals in stoppage time save Dorva",
        "The coach spoke of luck and a long evening that his team will not want to repeat.",
    ),
    (
        "Recipe: plum dumplings as in Elsk",
        "The dough needs an hour of rest, the cook needs a little patience and the guests need none.",
    ),
)
LONG_STORY = (
    "The garden of the old observatory was laid out in 1871 by a gardener who had never seen a star through a glass, and yet he "
    "planted the beds so that something is in bloom in every night of the year.",
    "Visitors come in April for the white flowers of the moon path, which open after sunset and close before the gates do. "
    "The keeper, who has lived in the lodge for thirty years, counts them with a torch.",
    "Her book about the place has been through six editions. A seventh, with a map of the scents and a chapter on moths, is to "
    "appear in the autumn at a small press in Miren.",
    "On warm evenings the dome is opened for guests. They see the rings of Saturn, the lights of the harbour and, if they turn "
    "round, the beds that glow faintly in the dark.",
    "Nobody pays for entry, and nobody has to leave before midnight, unless the wind turns north and the roof has to be shut.",
)
REMARKS = (
    (
        "heron77",
        "I drive over that bridge twice a week and nobody has ever asked me what I think about the tolls. Typical.",
    ),
    (
        "Marta from Elm",
        "Thank you for a fair piece. My grandfather worked there for forty years, and he would not have believed it.",
    ),
    (
        "no_nonsense",
        "So who pays for it in the end? You and I do, as always, and next year they will raise the fees again anyway.",
    ),
    (
        "librarian",
        "There is a good book about this by a teacher from Dorva, which I can lend to anyone who comes by on Tuesday.",
    ),
)


def paragraphs(told: Told, tag: str = "p", heading: str = "h2", css: str = "") -> list[str]:
    """The report in ordinary markup, one element for each paragraph, lists and quotations as such."""
    attribute = f' class="{css}"' if css else ""
    found, entries = [], []
    for said in [*told.paragraphs, ""]:
        if said.startswith("- "):
            entries.append(f"<li>{escape(said[2:])}</li>")
            continue
        if entries:
            found.append(f"<ul>{''.join(entries)}</ul>")
            entries = []
        if said.startswith("# "):
            found.append(f"<{heading}>{escape(said[2:])}</{heading}>")
        elif said.startswith("> "):
            found.append(f"<blockquote><p>{escape(said[2:])}</p></blockquote>")
        elif said:
            found.append(f"<{tag}{attribute}>{escape(said)}</{tag}>")
    return found


def teasers(tag: str = "li", heading: str = "h3", count: int = 5) -> str:
    return "".join(
        f'<{tag}><{heading}><a href="/{i}">{h}</a></{heading}><p>{t}</p></{tag}>' for i, (h, t) in enumerate(TEASERS[:count])
    )


def links(count: int = 5) -> str:
    return "".join(f'<li><a href="/s/{i}">{h}</a></li>' for i, (h, _) in enumerate(TEASERS[:count]))


def remarks(tag: str = "div", css: str = "comment") -> str:
    return "".join(
        f'<{tag} class="{css}"><b>{name}</b> <span>2 hours ago</span><p>{said}</p><a href="#">Reply</a></{tag}>'
        for name, said in REMARKS
    )


def page(told: Told, body: str, head: str = "", site: str = "Norland Times") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(told.headline)} | {site}</title>{head}'
        f"<style>p {{ margin: 0 }}</style><script>var page = '<p>no text</p>';</script></head>\n<body>{body}</body></html>"
    )
