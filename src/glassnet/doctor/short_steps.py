"""Steps that are too short or too few: a training that was still on its way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glassnet.doctor.case import Case
from glassnet.doctor.curve import exponent, leads_down, way
from glassnet.doctor.finding import Finding, percent
from glassnet.doctor.words import higher_rate, highest_rate

__all__ = ["clipped", "rate_too_low", "too_few_epochs"]

STEEP = 1.0
"""Exponent a of a loss that falls like 1 / t^a. From 1 on, training twice as long would halve it, or
better."""
STRAIGHT = 0.5
"""Slope in the last fifth as a share of the mean slope. A curve that is near its end has long become flat."""
STILL = 0.01
"""Way of all weights, as a share of their length, on which nothing can have been learned: what a network
knows is in the difference from its first, random weights."""
SHORT_WAY = 0.35
"""Way of all weights, as a share of their length, that is little for a training that could know more."""
SHORT_STEP = 5e-4
"""Length of a step as a share of the weights' own length; a thousand of them change half of the matrix."""
WELL_LEARNED, WELL = 0.9, 0.95
"""Skill on the training samples from which on a loss that still falls is no finding; after few steps."""
MARGIN = 0.05
"""Skill above that of a quick look-up from which on likewise."""
FEW = 200
"""Steps that are few, whatever the rate: with usual ones of 0.001 to 0.01 the weights are hardly new."""
LARGE_BATCH = 64
"""Samples in a batch from which on smaller ones make more steps of the same time."""
CUT = 20.0
"""Length of the first gradient as a multiple of what clipping leaves of it."""
FALLEN = 0.05
"""Share of the highest rate below which nothing more is learned; it should not be so for most of the time."""


def rate_too_low(case: Case) -> Iterator[Finding]:
    """A loss that is still high and still falls, or weights that are nearly as they were, by short steps."""
    if not _unfinished(case):
        return
    early = _fallen_early(case)
    if not early and _few_steps(case):
        return
    falling, standing = _still_falling(case.losses), _standing_still(case)
    what = "The training stopped while the loss was still falling" if falling else "The weights hardly moved"
    title = f"{what}: rate too low, or too few epochs"
    advice = f"Try {higher_rate(case)}, or more epochs"
    if case.recipe is None or "adam" not in case.recipe.optimizer.name:
        advice += "; Adam finds a fitting size of step by itself (--set optimizer.name=adam)"
    if early:
        title = "The learning rate falls to nothing too early"
        advice = "A schedule that lasts as long as the training (--set optimizer.schedule=one_cycle)"
    yield Finding(
        "rate_too_low",
        "serious" if case.failed else "warning",
        title,
        " ".join(filter(None, (early, falling, standing, f"Guessing costs {case.guessing:.3g}."))),
        f"{advice}.",
    )


def too_few_epochs(case: Case) -> Iterator[Finding]:
    """A training that ended after few steps, each of them long enough."""
    if not _unfinished(case) or _fallen_early(case) or not _few_steps(case):
        return
    epochs = len(case.losses)
    large = case.steps is not None and case.steps < epochs * len(case.train) / LARGE_BATCH
    smaller = " or smaller batches (--set training.batch_size=32)" if large else ""
    still = f" {_still_falling(case.losses)}" if epochs > 1 else ""
    yield Finding(
        "too_few_epochs",
        "serious" if case.failed else "warning",
        "The training stopped too early: too few steps",
        f"It made {case.steps} steps in {epochs} epoch{'s' * (epochs > 1)}; together they moved the weights "
        f"by {percent(way(case) or 0.0)} of their length. It takes some hundreds.{still} Guessing costs "
        f"{case.guessing:.3g}, the last epoch {case.losses[-1]:.3g}.",
        f"More epochs: --set training.epochs={max(20, 5 * epochs)}{smaller}.",
    )


def clipped(case: Case) -> Iterator[Finding]:
    """A limit on the gradients that leaves next to nothing of them."""
    if case.recipe is None or case.start_trace is None or not _unfinished(case):
        return
    gradients = [layer.dW for layer in case.start_trace.layers]
    norm = float(np.sqrt(sum(np.square(dW, dtype=np.float64).sum() for dW in gradients)))
    greatest = float(max(abs(dW).max() for dW in gradients))
    limits = case.recipe.training
    for key, limit, size, what in (
        ("clip_norm", limits.clip_norm, norm, "the longest gradient"),
        ("clip_value", limits.clip_value, greatest, "the largest number in a gradient"),
    ):
        if limit and size > CUT * limit:
            yield Finding(
                "clip_too_strong",
                "serious" if case.failed else "warning",
                "The gradients are clipped to next to nothing",
                f"training.{key} = {limit:g} is {what} that is let through; the first one has {size:.2g}, "
                f"{size / limit:,.0f} times as much. {_standing_still(case)}".rstrip(),
                f"--set training.{key}=1 lets usual gradients through; off is no limit.",
            )


def _unfinished(case: Case) -> bool:
    """Whether the network could know more, and its weights or its loss were on their way."""
    if not case.trained or case.losses.size == 0:
        return False
    gone = way(case)
    enough = WELL if _few_steps(case) or _fallen_early(case) else WELL_LEARNED
    if case.learned.skill > min(enough, case.within_reach + MARGIN):
        return False
    on_the_way = case.lacking and gone is not None and gone < SHORT_WAY
    downwards = len(case.losses) == 1 or leads_down(case.losses)
    signs = (
        _still_falling(case.losses),
        _standing_still(case),
        _fallen_early(case),
        downwards and _few_steps(case),
    )
    return bool(on_the_way or any(signs))


def _few_steps(case: Case) -> bool:
    """Whether it made few steps, each of a usual length, and not because it got no better any more."""
    gone, training = way(case), None if case.recipe is None else case.recipe.training
    if training is None or case.steps is None or gone is None:
        return False
    stopped_early = bool(training.patience) and len(case.losses) < training.epochs
    return not stopped_early and case.steps < FEW and gone / case.steps >= SHORT_STEP


def _fallen_early(case: Case) -> str:
    """What became of the learning rate, in a sentence, where it was next to nothing most of the time."""
    if case.history is None or len(case.losses) < 4:
        return ""
    rates, highest = case.history.learning_rate, highest_rate(case)
    useful = int(np.count_nonzero(rates > FALLEN * highest))
    if useful >= 0.3 * len(rates):
        return ""
    return (
        f"In {len(rates) - useful} of {len(rates)} epochs the learning rate ended below {percent(FALLEN)} of "
        f"{highest:.3g}."
    )


def _still_falling(losses: NDArray[np.float64]) -> str:
    """The fall of the loss in a sentence, where it falls steeply or in a straight line to the end."""
    if len(losses) < 2 or losses[-1] <= 0:
        return ""
    fifth = max(1, len(losses) // 5)
    fall, whole = float(losses[-1 - fifth] - losses[-1]), float(losses[0] - losses[-1])
    straight = (
        len(losses) >= 4
        and losses[-1] > losses[0] / 2
        and fall >= STRAIGHT * whole * fifth / (len(losses) - 1) > 0
        and leads_down(losses)
    )
    if not straight and exponent(losses) < STEEP:
        return ""
    lately = "the last one" if fifth == 1 else f"the last {fifth}"
    return (
        f"The loss fell from {losses[0]:.3g} to {losses[-1]:.3g} in {len(losses)} epochs, and by {fall:.2g} "
        f"in {lately}: the curve has not become flat."
    )


def _standing_still(case: Case) -> str:
    """How far the weights went in a sentence, where that is little."""
    gone = way(case)
    limit = SHORT_WAY if case.lacking else STILL
    if gone is None or gone >= limit:
        return ""
    return f"In the whole training the weights moved by {100 * gone:.2g} % of their length."
