"""What was learned by heart instead of understood."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding
from glassnet.doctor.words import how_well

__all__ = ["overfitting"]

RISE = 1.25
"""Validation loss at the end as a multiple of its least: of the same samples, so a quarter is no noise."""
SURER = 2.0
"""The same where the accuracy has not fallen. Up to twice, that is the usual price of a long training: the
few wrong answers are given with more confidence."""
FELL = 0.02
"""Loss of validation accuracy from its best epoch to the last one that is worth a word."""
GAP = 0.1
"""Share of all samples that is answered by heart: right in training, wrong when held out."""
KNOWN = 0.8
"""Skill on the training samples from which on they are known by heart."""


def overfitting(case: Case) -> Iterator[Finding]:
    """A validation loss that rises while the training loss falls, or an answer known by heart."""
    if not case.trained or case.unseen is None or case.carried_over is None:
        return
    if case.has_classes and case.rare.size and len(case.counts) - case.rare.size < 2:
        return  # what is missing is the rare class
    name, kept, learned = case.unseen[0], case.carried_over, case.learned
    classes = max(case.network.n_outputs, 2) if case.kind == "classes" else 2
    share = 1.0 if case.kind == "numbers" else 1 - 1 / classes  # of all answers that are not right by chance
    gap = (learned.skill - kept.skill) * share
    by_heart = gap > GAP and gap > 2 * kept.error * share and learned.skill >= KNOWN
    since, rise, worse = _turned(case, len(case.unseen[1]))
    if not by_heart and (since is None or gap < FELL):  # nothing is known by heart where nothing is known
        return
    facts = f"In training {how_well(learned)}, in the {name} part {how_well(kept)}."
    title = "It learns by heart"
    if since is not None:
        title += f" since epoch {since}"
        facts += f" The validation loss was lowest after epoch {since} and rose to {rise:.2f} times that"
        facts += "." if worse or by_heart else ", while the accuracy held: it becomes surer of its mistakes."
    m = len(case.train)
    yield Finding(
        "overfitting",
        "serious" if gap > 2 * GAP else "warning" if by_heart or worse else "note",
        title,
        f"{facts} There are {m:,} training samples for {case.network.n_parameters:,} parameters.",
        "More training samples, or distorted ones (--set augment.shift=1 --set augment.rotation=10, for "
        "pictures); --set network.dropout=0.2, weight decay (--set optimizer.name=adamw), fewer units; or "
        "stop at the best epoch (--set training.patience=5 --set data.validation=0.1).",
    )


def _turned(case: Case, m: int) -> tuple[int | None, float, bool]:
    """The epoch since which it rises while the training loss falls; how far; whether answers got worse."""
    if case.history is None or (case.recipe is not None and case.recipe.training.patience):
        return None, 1.0, False  # early stopping has taken the best weights
    validation = case.history.validation_loss
    if len(validation) < 3 or np.isnan(validation).any() or validation.min() <= 0:
        return None, 1.0, False
    best = int(validation.argmin())
    after = len(validation) - 1 - best
    rise = float(validation[-1] / validation[best])
    accuracy = case.history.validation_accuracy
    if np.isnan(accuracy).any():
        worse = case.kind == "numbers"
    else:
        then = float(accuracy[best])
        worse = bool(accuracy[-1] <= then - max(FELL, 1.5 * (then * (1 - then) / m) ** 0.5))
    lasting = after >= max(3, 0.1 * len(validation))
    if lasting and rise >= (RISE if worse else SURER) and case.losses[-1] < case.losses[best]:
        return best + 1, rise, worse
    return None, rise, worse
