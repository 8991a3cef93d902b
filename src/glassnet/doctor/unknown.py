"""When nothing was found and yet little was learned: the doctor says that it does not know why."""

from __future__ import annotations

from collections.abc import Iterable

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding
from glassnet.doctor.words import within_reach

__all__ = ["unexplained"]

MUCH = 0.1
"""Skill that is missing to what is within reach, from which on it is worth a word without a cause."""
LOOKED_AT = (
    "the size of the inputs, outliers in them, the labels, first weights, gradients, dead and saturated "
    "units, the length and the number of the steps, penalties, and the size of the network"
)


def unexplained(case: Case, found: Iterable[Finding]) -> list[Finding]:
    """A finding that says what is not known, where nothing that was found explains a poor result."""
    if not case.trained or not (case.near_chance or case.learned.skill < case.within_reach - MUCH):
        return []
    if any(finding.severity != "note" for finding in found):
        return []
    near = case.near_chance
    nothing = case.reference.marks.hardly_better
    facts = within_reach(case)
    if case.learned.commonest is not None:
        facts += f" One who always gives the commonest answer gets {100 * case.learned.commonest:.0f} %."
    if nothing:
        facts += " So it may also be that the labels do not belong to these samples."
    return [
        Finding(
            "did_not_learn",
            "serious" if case.failed else "warning",
            "The network did not learn, and the doctor does not know why"
            if near
            else "The network learned less than it could, and the doctor does not know why",
            f"{facts} Looked at, and found in order: {LOOKED_AT}.",
            "Let it learn a few samples by heart first (--set data.train_limit=20 --set "
            "training.epochs=300 --set network.dropout=0): what cannot do that is too small, or its rate "
            "does not fit. Then compare with the default recipe on the same data (glassnet train DATA).",
        )
    ]
