"""What trees say of semantic roles: multinomial logistic regression over features of a word and a predicate.

How it was made, from what and how well it does: `training/language/role_table.py`, record 0035 and the model card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from communique.errors import DataError
from communique.models.language import Floats

TABLE = Path(__file__).with_name("language") / "roles.npz"

Keys = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class RoleTable:
    """`keys`: hashed features, ascending; `rows[k]`: their weights for no argument and for each of `labels`, in units of
    `scale`; `bias`: what is added; `evidence`: how much each kind of evidence counts (`annotate.frames.Candidates`)."""

    keys: Keys
    rows: npt.NDArray[np.int8]
    scale: float
    bias: Floats
    labels: tuple[str, ...]
    evidence: Floats

    @staticmethod
    def load(path: Path = TABLE) -> RoleTable:
        """Reads what `save` wrote. Raises DataError where it can't be read."""
        try:
            with np.load(path) as found:
                labels = tuple(found["labels"].tolist())
                return RoleTable(found["keys"], found["rows"], float(found["scale"]), found["bias"], labels, found["evidence"])
        except (OSError, ValueError, KeyError) as error:
            raise DataError(f"{path}: the table of roles can't be read ({error}); install Communique again") from error

    def save(self, path: Path) -> None:
        """Writes the table as a compressed archive of arrays (`.npz`)."""
        np.savez_compressed(
            path,
            keys=self.keys,
            rows=self.rows,
            scale=np.float32(self.scale),
            bias=self.bias,
            labels=np.array(self.labels),
            evidence=self.evidence,
        )

    def chances(self, features: Keys) -> Floats:
        """Log chances `[n, 1 + labels]` of no argument and of each label, from features `[n, kinds]`, known or not."""
        at = np.minimum(np.searchsorted(self.keys, features), len(self.keys) - 1)
        row, kind = np.nonzero(self.keys[at] == features)
        sums = np.zeros((len(features), len(self.bias)), np.int32)
        if len(row):
            starts = np.flatnonzero(np.diff(row, prepend=-1))
            sums[row[starts]] = np.add.reduceat(self.rows[at[row, kind]], starts, dtype=np.int32)
        return log_softmax(sums * np.float32(self.scale) + self.bias)


load_roles = cache(RoleTable.load)


def log_softmax(scores: Floats) -> Floats:
    """Log chances of scores along the last axis."""
    lowered = scores - scores.max(-1, keepdims=True)
    chances: Floats = lowered - np.log(np.exp(lowered).sum(-1, keepdims=True))
    return chances
