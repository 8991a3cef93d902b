"""What the curves tell: a rate too high or too low, overfitting, a network that is too small."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, percent
from glassnet.doctor.layers import hindered_from_the_start, killed

__all__ = ["broken_off", "overfitting", "rate_too_high", "rate_too_low", "too_small"]

JUMP = 0.05
"""A rise of the training loss, as a share of what guessing costs, that is no noise: an epoch's loss is a mean
over all its samples, and falls from epoch to epoch wherever the steps are small enough."""
OFTEN = 0.1
"""Share of the epochs that must rise so, two at least. Once may happen to a good training, too."""

LONG_STEP = 0.5
"""Length of a step, as a share of the weights' own length: two of them replace the matrix. Usual are 0.001 to
0.1."""

STEEP = 1.0
"""Exponent a of a loss that falls like 1 / t^a. From 1 on, training twice as long would halve it, or "
"better."""
FLAT = 0.5
"""Below this exponent, four times as long a training would not halve the loss."""
STRAIGHT = 0.5
"""Slope in the last fifth as a share of the mean slope. A curve that is near its end has long become flat."""

STILL = 0.01
"""Way of all weights, as a share of their length, on which nothing can have been learned: what a network
knows is in the difference from its first, random weights."""

RISE = 1.25
"""Validation loss at the end as a multiple of its least: of the same samples, so a quarter is no noise."""
SURER = 2.0
"""The same where the accuracy has not fallen. Up to twice, that is the usual price of a long training: the
few wrong answers are given with more confidence."""
FELL = 0.02
"""Loss of validation accuracy from its best epoch to the last one that is worth a word."""
GAP = 0.1
"""Share of all samples that is answered by heart: right in training, wrong when held out."""


def broken_off(case: Case) -> Iterator[Finding]:
    """A training whose loss or weights became NaN or infinite."""
    if not case.diverged and np.isfinite(case.network.theta).all():
        return
    error = str(case.diverged.get("error", "The weights are no longer finite numbers."))
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
    advice = "Try a learning rate ten times smaller" + (f" ({rate / 10:.2g})" if rate else "")
    yield Finding(
        "rate_too_high",
        "serious",
        "The training diverged: the learning rate is too high",
        f"{error}{path}",
        f"{advice}; if that is not enough, training.clip_norm = 1, or a warm-up (optimizer.warmup = 0.1).",
    )


def rate_too_high(case: Case) -> Iterator[Finding]:
    """A loss that jumps up and down, ends above where it could begin, or steps as long as the weights."""
    if not case.trained or case.losses.size == 0:
        return
    seen = (_worse_than_guessing(case), _oscillation(case), _long_steps(case), killed(case))
    evidence = list(filter(None, seen))
    if evidence:
        yield Finding(
            "rate_too_high",
            "serious" if case.failed and not hindered_from_the_start(case) else "warning",
            "The learning rate is too high",
            " ".join(evidence),
            f"Try a rate three to ten times smaller{_rate(case)}, a schedule that lowers it "
            "(optimizer.schedule = one_cycle or cosine), or larger batches.",
        )


def _worse_than_guessing(case: Case) -> str:
    """It may begin badly, with large weights; but steps that are small enough lead down from there."""
    end, first, began = case.training_score[0], case.losses[0], case.start_loss
    if end > 1.05 * max(case.guessing, case.losses[0] if began is None else began):
        return (
            f"After the training the loss on what was learned is {end:.3g}, higher than before it; to "
            f"give always the same answer would cost {case.guessing:.3g}."
        )
    penalised = case.network.l1 or case.network.l2
    if case.failed and not penalised and began is not None and first > 2 * max(case.guessing, began):
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
        f"The training loss does not settle: it rose {len(jumps)} times in the last {len(looked_at)} "
        f"epochs, by up to {jumps.max():.2g} (guessing costs {case.guessing:.3g})."
    )


def _long_steps(case: Case) -> str:
    if not case.failed:
        return ""
    weights = case.columns("weight_norm")
    for name, steps in case.columns("update_norm").items():
        share = float(
            np.nanmedian(
                steps[: max(1, len(steps) // 2)] / np.maximum(weights[name][: max(1, len(steps) // 2)], 1e-30)
            )
        )
        if share > LONG_STEP:
            return f"A single step changes {name} by {percent(share)} of its length."
    return ""


def rate_too_low(case: Case) -> Iterator[Finding]:
    """A loss that is still high, and still falls at the end; or weights that are as they were."""
    if not case.trained or case.losses.size == 0 or case.training_skill > 0.9:
        return
    falling, standing = _still_falling(case.losses), _standing_still(case)
    if not falling and not standing:
        return
    what = "The training stopped while the loss was still falling" if falling else "The weights hardly moved"
    yield Finding(
        "rate_too_low",
        "serious" if case.failed else "warning",
        f"{what}: rate too low, or too few epochs",
        " ".join(filter(None, (falling, standing, f"Guessing costs {case.guessing:.3g}."))),
        f"Try a rate three to ten times higher{_rate(case)}, or more epochs; Adam finds a fitting size of "
        "step by itself (optimizer.name = adam).",
    )


def _still_falling(losses: NDArray[np.float64]) -> str:
    """The fall of the loss in a sentence, where it falls steeply or in a straight line to the end."""
    if len(losses) < 2 or losses[-1] <= 0:
        return ""
    fifth = _fifth(losses)
    fall, whole = float(losses[-1 - fifth] - losses[-1]), float(losses[0] - losses[-1])
    straight = (
        len(losses) >= 4
        and losses[-1] > losses[0] / 2
        and fall >= STRAIGHT * whole * fifth / (len(losses) - 1) > 0
        and np.mean(np.diff(losses) < 0) >= 0.8
    )
    if not straight and _exponent(losses) < STEEP:
        return ""
    lately = "the last one" if fifth == 1 else f"the last {fifth}"
    return (
        f"The loss fell from {losses[0]:.3g} to {losses[-1]:.3g} in {len(losses)} epochs, and by {fall:.2g} "
        f"in {lately}: the curve has not become flat."
    )


def _standing_still(case: Case) -> str:
    """How far the weights went in a sentence, where that is next to nothing."""
    if case.start is None:
        return ""
    before, after = case.start.theta, case.network.theta
    moved = float(np.linalg.norm(after - before) / max(float(np.linalg.norm(before)), 1e-30))
    return (
        f"In the whole training the weights moved by {100 * moved:.2g} % of their length."
        if moved < STILL
        else ""
    )


def overfitting(case: Case) -> Iterator[Finding]:
    """A validation loss that rises while the training loss falls, or an answer known by heart."""
    if not case.trained or case.held_out is None or case.held_out_score is None:
        return
    name, part = case.held_out
    learned, kept = case.training_skill, case.skill(case.held_out_score)
    gap = (learned - kept) * (1 - case.chance)
    by_heart = gap > GAP and gap > case.luck(len(part)) and learned >= 0.8
    since, rise, worse = _turned(case)
    if not by_heart and (since is None or gap < FELL):  # nothing is known by heart where nothing is known
        return
    facts = f"In training {_said(case.training_score[1], learned)}, in the {name} part "
    facts += f"{_said(case.held_out_score[1], kept)}."
    title = "It learns by heart"
    if since is not None:
        title += f" since epoch {since}"
        facts += f" The validation loss was lowest after epoch {since} and rose to {rise:.2f} times that"
        facts += "." if worse or by_heart else ", while the accuracy held: it becomes surer of its mistakes."
    yield Finding(
        "overfitting",
        "serious" if gap > 2 * GAP else "warning" if by_heart or worse else "note",
        title,
        facts,
        "More training samples, or distorted ones (augment.shift, augment.rotation); dropout "
        "(network.dropout = 0.2), weight decay (optimizer.name = adamw), fewer units; or stop at the best "
        "epoch (training.patience = 5).",
    )


def _said(accuracy: float | None, skill: float) -> str:
    """How well it answers, in words; for a regression there is no accuracy."""
    if accuracy is None:
        return f"{percent(max(skill, 0))} of the spread is explained"
    return f"{percent(accuracy)} are right"


def _turned(case: Case) -> tuple[int | None, float, bool]:
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
    worse = bool(np.isnan(accuracy).any() or accuracy[-1] <= accuracy.max() - FELL)
    lasting = after >= max(2, 0.1 * len(validation))
    if lasting and rise >= (RISE if worse else SURER) and case.losses[-1] < case.losses[best]:
        return best + 1, rise, worse
    return None, rise, worse


def too_small(case: Case) -> Iterator[Finding]:
    """A network that has stopped improving although similar samples do have the same label."""
    if not case.trained or not case.has_classes or not case.failed or len(case.losses) < 3:
        return
    widths = [layer.W.shape[1] for layer in case.trace.layers[:-1]]
    K = max(case.network.n_outputs, 2)
    if (widths and min(widths) > K) or _exponent(case.losses) >= FLAT:
        return
    learned = case.training_score[1] or 0.0
    if case.neighbours_agree < learned + GAP:
        return
    size = f"the width of its narrowest hidden layer is {min(widths)}" if widths else "it has no hidden layer"
    yield Finding(
        "too_small",
        "serious",
        "The network is too small",
        f"The loss has become flat with {percent(learned)} of the training samples right, although "
        f"{percent(case.neighbours_agree)} of them have the class of their most similar one: more can be "
        f"learned. It must tell {K} classes apart, and {size}.",
        "Try several times as many units (network.hidden = [128]), or one more layer.",
    )


def _fifth(losses: NDArray[np.float64]) -> int:
    return max(1, len(losses) // 5)


def _exponent(losses: NDArray[np.float64]) -> float:
    """a of 1 / t^a over the last fifth; an epoch's loss is that of its middle."""
    n, fifth = len(losses), _fifth(losses)
    if n < 2 or losses[-1] <= 0 or losses[-1 - fifth] <= 0:
        return 0.0
    return float(np.log(losses[-1 - fifth] / losses[-1]) / np.log((n - 0.5) / (n - 0.5 - fifth)))


def _rate(case: Case) -> str:
    rates = case.history.learning_rate if case.history is not None else np.empty(0)
    return f" than {rates.max():.3g}" if rates.size else ""
