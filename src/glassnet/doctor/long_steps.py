"""Steps that are too long: a training that diverges, jumps, or throws its weights far away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glassnet.doctor.case import Case
from glassnet.doctor.curve import leads_down, way
from glassnet.doctor.finding import Finding, percent
from glassnet.doctor.layers import hindered_from_the_start, killed
from glassnet.doctor.words import lower_rate, usual_rate

__all__ = ["broken_off", "momentum_too_high", "rate_too_high"]

JUMP = 0.12
"""A rise of the training loss, as a share of what guessing costs, that is no noise: an epoch's loss is a mean
over all its samples, and falls from epoch to epoch wherever the steps are small enough."""
OFTEN = 0.1
"""Share of the epochs that must rise so, two at least. Once may happen to a good training, too."""
LONG_STEP = 0.03
"""Length of a step near the end, as a share of the weights' own length: thirty of them replace the matrix.
Usual are 0.0001 to 0.01."""
LONG_WAY = 2.5
"""Distance of the weights from where they began, as a multiple of their length there. Usual is 0.5 to 1.5."""
A_STEP = 0.1
"""The same, below which nothing can have been thrown off its way."""
MOMENTUM = 0.98
"""A step is then the sum of the last fifty gradients and more, so the rate acts fifty times as strongly."""
WELL_LEARNED = 0.9
"""Skill on the training samples with which a momentum, however high, did no harm."""


def broken_off(case: Case) -> Iterator[Finding]:
    """A training whose loss or weights became NaN or infinite."""
    if not case.diverged and np.isfinite(case.network.theta).all():
        return
    error = str(case.diverged.get("error", "The weights are no longer finite numbers."))
    error = error.partition(" Try one ")[0]  # what to try comes further down
    if "in the inputs" in error:
        yield Finding(
            "input_not_scaled",
            "serious",
            "There are NaN or infinite numbers in the inputs",
            error,
            "Find and remove or fill them in; every result of such a sample is NaN, and soon all weights "
            "are.",
        )
        return
    losses = case.diverged.get("losses", [])
    path = ""
    if len(losses) > 1:
        first = max(0, len(losses) - 5)
        path = f" Its last losses: {', '.join(f'{loss:.3g}' for loss in losses[first:])}."
        path += f" Guessing costs {case.guessing:.3g}."
    rate = case.diverged.get("learning_rate")
    advice = "Try a learning rate ten times smaller"
    if rate:
        usual = usual_rate(case)
        better = usual if 0 < usual < rate / 10 else rate / 10
        advice += f" ({rate / 10:.2g})" + (", or the usual one" if better == usual else "")
        advice += f": --set optimizer.learning_rate={better:.2g}"
    yield Finding(
        "rate_too_high",
        "serious",
        "The training diverged: the learning rate is too high",
        f"{error}{path}",
        f"{advice}; if that is not enough, --set training.clip_norm=1, or a warm-up (--set "
        "optimizer.warmup=0.1).",
    )


def momentum_too_high(case: Case) -> Iterator[Finding]:
    """A momentum that makes each step the sum of very many."""
    if case.recipe is None or not (case.lacking or case.learned.skill < WELL_LEARNED):
        return
    for key in ("momentum", "beta1"):
        momentum = getattr(case.recipe.optimizer, key)
        if momentum is not None and momentum >= MOMENTUM:
            how_many = 1 / (1 - momentum)
            effect = (
                f"a rate {how_many:,.0f} times as high" if key == "momentum" else "one that turns too late"
            )
            yield Finding(
                "momentum_too_high",
                "serious" if case.failed else "warning",
                f"The momentum is too high: {momentum:g}",
                f"Each step is made of about the last {how_many:,.0f} gradients, so it acts like {effect}, "
                f"and old gradients lead on when they have long become wrong.{_ended(case)}",
                f"--set optimizer.{key}=0.9 is usual.",
            )


def rate_too_high(case: Case) -> Iterator[Finding]:
    """A loss that jumps up and down, ends above where it could begin, or steps as long as the weights."""
    if not case.trained or case.losses.size == 0 or hindered_from_the_start(case):
        return
    seen = (_worse_than_guessing(case), _oscillation(case), _long_steps(case), _long_way(case), killed(case))
    evidence = list(filter(None, seen))
    if evidence:
        yield Finding(
            "rate_too_high",
            "serious" if case.failed else "warning",
            "The learning rate is too high",
            " ".join(evidence),
            f"Try {lower_rate(case)}, a schedule that lowers it (--set optimizer.schedule=one_cycle), or "
            "larger batches.",
        )


def _worse_than_guessing(case: Case) -> str:
    """It may begin badly, with large weights; but steps that are small enough lead down from there."""
    end, first, began = case.training_loss, case.losses[0], case.start_loss
    if (way(case) or 1.0) < A_STEP:  # batch norm alone changed what it answers
        return ""
    if end > 1.05 * max(case.guessing, case.losses[0] if began is None else began):
        return (
            f"After the training the loss on what was learned is {end:.3g}, higher than before it; to give "
            f"always the same answer would cost {case.guessing:.3g}."
        )
    penalised = case.network.l1 or case.network.l2
    if case.lacking and not penalised and began is not None and first > 2 * max(case.guessing, began):
        return f"In the first epoch the loss rose from {began:.3g} to {first:.3g} on average."
    return ""


def _oscillation(case: Case) -> str:
    """Where the training went well, its wild first half is forgiven."""
    losses = case.losses
    looked_at = losses if case.failed else losses[len(losses) // 2 :]
    rises = np.diff(looked_at)
    jumps = rises[rises > JUMP * case.guessing]
    often = len(jumps) >= 2 and len(jumps) >= OFTEN * len(rises)
    far = len(jumps) > 0 and case.failed and jumps.max() > case.guessing / 2
    if not often and not far:
        return ""
    return (
        f"The training loss does not settle: it rose {len(jumps)} times in the last {len(looked_at)} epochs, "
        f"by up to {jumps.max():.2g} (guessing costs {case.guessing:.3g})."
    )


def _long_steps(case: Case) -> str:
    if not case.lacking or len(case.losses) < 3 or leads_down(case.losses):
        return ""
    last = slice(-max(1, len(case.losses) // 4), None)
    for name, share in _step_lengths(case, last).items():
        if share > LONG_STEP:
            return f"A single step changes {name} by {percent(share)} of its length."
    return ""


def _long_way(case: Case) -> str:
    gone = way(case)
    if gone is None or gone < LONG_WAY or not case.lacking:
        return ""
    return f"The weights went {gone:,.3g} times their own length away from where they began."


def _step_lengths(case: Case, epochs: slice) -> dict[str, float]:
    """Each matrix's step as a share of its length: the median over some epochs."""
    weights, shares = case.columns("weight_norm"), {}
    for name, steps in case.columns("update_norm").items():
        ratios = (steps / np.maximum(weights[name], 1e-30))[epochs]
        if not np.isnan(ratios).all():
            shares[name] = float(np.nanmedian(ratios))
    return shares


def _ended(case: Case) -> str:
    if case.losses.size == 0:
        return ""
    return f" The loss of the last epoch was {case.losses[-1]:.3g}; guessing costs {case.guessing:.3g}."
