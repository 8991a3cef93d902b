"""What the network itself cannot do: too small, too straight, held back, or answers in the wrong form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glassnet.doctor.case import Case
from glassnet.doctor.curve import exponent
from glassnet.doctor.finding import Finding, counted, percent
from glassnet.doctor.long_steps import rate_too_high
from glassnet.doctor.words import within_reach
from glassnet.model.task import MULTI_LABEL, REGRESSION
from glassnet.nn import Activation, Dropout

__all__ = ["dropout", "linear", "output", "penalty", "too_small"]

FLAT = 0.5
"""Exponent of a loss that falls like 1 / t^a, below which four times as long a training would not halve "
"it."""
TINY = 2
"""Units of a hidden layer that are few for anything; whether the curve is flat then does not matter."""
DROPPED = 0.65
"""Share of units left out that is more than usual (0.1 to 0.5)."""
SHRUNK = 0.5
"""Length of the weights after the training as a share of before: usually they grow."""
LINEAR_IS_ENOUGH, WELL_LEARNED = 0.9, 0.95
"""Skill with which a network without activations, or with another output, has all that it needs."""
USUAL_PENALTY, USUAL_DECAY = 1e-3, 0.1
"""L1, L2 and weight decay up to which they are not to blame."""
OUTSIDE = 0.05
"""Share of the targets that the output cannot give."""

LOSS_OF = {"classes": "cross_entropy", "binary": "log_loss", "multi-label": "log_loss", "counts": "poisson"}
"""The loss of each task; of all others it is mse."""


def too_small(case: Case) -> Iterator[Finding]:
    """A network that has stopped improving although more can be learned from its samples."""
    if not case.falls_short or len(case.losses) < 3:
        return
    widths = [layer.W.shape[1] for layer in case.trace.layers[:-1]]
    K = max(case.network.n_outputs, 2)
    if widths and min(widths) > max(K, TINY):
        return
    tiny = bool(widths) and min(widths) <= TINY
    if not tiny and (exponent(case.losses) >= FLAT or any(rate_too_high(case))):
        return
    units = counted(min(widths), "unit", "units") if widths else ""
    size = f"it has {units} in its narrowest hidden layer" if widths else "it has no hidden layer"
    what = f"tells {K} classes apart" if case.has_classes else f"gives {case.network.n_outputs} numbers"
    yield Finding(
        "too_small",
        "serious" if case.failed else "warning",
        "The network is too small",
        f"{within_reach(case)} So more can be learned. The network {what}, and {size}.",
        "Several times as many units (--set network.hidden=[128]), or one more layer.",
    )


def linear(case: Case) -> Iterator[Finding]:
    """Hidden layers without an activation: together they are no more than one layer."""
    if not case.trained or case.learned.skill >= LINEAR_IS_ENOUGH:
        return
    kinds = [layer.activation for layer in case.trace.layers[:-1]]
    if not kinds or any(kind != "Identity" for kind in kinds):
        return
    yield Finding(
        "no_nonlinearity",
        "serious" if case.failed else "warning",
        "The hidden layers have no activation",
        f"Without one, {len(kinds) + 1} layers can do no more than one: a sum of the inputs. "
        f"{within_reach(case)}",
        "Put one in: --set network.activation=relu.",
    )


def dropout(case: Case) -> Iterator[Finding]:
    """So many units left out in each step that the rest cannot learn."""
    rate = max((layer.rate for layer in case.network.layers if isinstance(layer, Dropout)), default=0.0)
    if rate < DROPPED or not case.lacking:
        return
    kept = round(1 - rate, 9)
    facts = f"In each step {percent(kept)} of the units do all the work, {1 / kept:.3g} times as loud. "
    if case.trained and case.losses.size:
        facts += (
            f"With those the loss of the last epoch was {case.losses[-1]:.3g}; the whole network's is "
            f"{case.training_loss:.3g}, and guessing costs {case.guessing:.3g}. {within_reach(case)}"
        )
    else:
        facts += "The training broke off."
    yield Finding(
        "dropout_too_strong",
        "serious" if case.failed else "warning",
        f"Dropout leaves too little: {percent(rate)} of the units are left out",
        facts,
        "Usual are 0.1 to 0.5: --set network.dropout=0.2.",
    )


def penalty(case: Case) -> Iterator[Finding]:
    """A penalty on the weights that outweighs what they could tell."""
    network = case.network
    decay = 0.0 if case.recipe is None else case.recipe.optimizer.weight_decay or 0.0
    penalties = (
        ("L1", "network.l1", network.l1, USUAL_PENALTY),
        ("L2", "network.l2", network.l2, USUAL_PENALTY),
        ("weight decay", "optimizer.weight_decay", decay, USUAL_DECAY),
    )
    strong = [penalty for penalty in penalties if penalty[2] > penalty[3]]
    if not strong or case.start is None or not case.lacking or not case.trained:
        return
    before, after = (
        float(np.linalg.norm(n.theta[n.decayed].astype(np.float64))) for n in (case.start, network)
    )
    if after > SHRUNK * before:
        return
    name, key, value, usual = max(strong, key=lambda penalty: penalty[2] / penalty[3])
    yield Finding(
        "penalty_too_strong",
        "serious" if case.failed else "warning",
        f"The penalty on the weights is too strong: {name} of {value:g}",
        f"It pulls them to zero: together they were {before:.3g} long before the training and are "
        f"{after:.3g} now. {within_reach(case)}",
        f"A much weaker one: --set {key}={min(value / 100, usual):.1g}; usual are {usual / 100:g} to "
        f"{usual:g}.",
    )


def output(case: Case) -> Iterator[Finding]:
    """An output layer that cannot give the answers, or is not driven to them by the loss."""
    if not case.trained or case.learned.skill >= WELL_LEARNED:
        return
    last, loss = type(case.network.layers[-1]).__name__, case.network.loss
    Y = case.targets(case.train)
    facts = ""
    if loss.answers == "classes" and last != "Softmax":
        facts = (
            f"{loss.name} looks at the right class's output alone. Behind softmax the outputs share 100 % "
            f"among them; behind {last.lower()} nothing pushes the wrong ones down."
        )
    elif case.task is MULTI_LABEL and last == "Softmax":
        often = float(np.mean(Y.sum(axis=1) != 1))
        facts = (
            f"Softmax's outputs share 100 % among them, so only one of {Y.shape[1]} can be a yes; in "
            f"{percent(often)} of the samples it is none, or several."
        )
    elif case.task is REGRESSION and isinstance(case.network.layers[-1], Activation):
        low, high = case.network.layers[-1].limits
        outside = float(np.mean(np.clip(Y, low, high) != Y))
        if outside >= OUTSIDE:
            facts = (
                f"{last}'s outputs lie between {low:g} and {high:g}, but {percent(outside)} of the targets "
                f"lie outside ({Y.min():.3g} to {Y.max():.3g})."
            )
    if facts:
        yield Finding(
            "output_does_not_fit",
            "serious" if case.failed else "warning",
            "The output layer does not fit the task",
            f"{facts} {within_reach(case)}",
            f"Use --set network.loss={LOSS_OF.get(case.task.name, 'mse')} and the output that belongs to "
            "it: --set network.output=auto.",
        )
