"""What the layers tell: dead, saturated and equal units, first weights, gradients that vanish or explode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, percent
from glassnet.doctor.words import lower_rate
from glassnet.nn import LayerTrace, Trace
from glassnet.train.layer_watch import unit_shares

__all__ = [
    "dead_units",
    "exploding_gradients",
    "hindered_from_the_start",
    "killed",
    "same_units",
    "saturated_units",
    "small_weights",
    "vanishing_gradients",
]

DEAD = 0.75
"""Share of a layer's units. Where all inputs are positive and alike, as in iris, each unit is dead with
probability one half by its first weights alone; training kills some more. The rest still learn."""
ALIVE, MOSTLY_DEAD = 0.5, 0.9
"""Share of a layer's units that may be dead at the start, where it is the steps that kill the others; share
from which on it is worth a word even if the rest learned well."""
SATURATED = 0.8
"""Share of outputs. The derivative of a saturated unit is below a twenty-fifth of its greatest; where so many
are, nearly nothing of the gradient comes through. A half of them is usual after a long training."""
VANISHED = 0.03
"""Relative speed of the first layer as a share of the last hidden one's: when that one has learned, the first
has hardly begun. In networks that learn well it is a tenth and more."""
ALIKE = 0.03
"""Spread of a layer's outputs from sample to sample, as a share of their size. With less, all samples look
the same from there on, and the next layers have nothing to learn from. Usual is a tenth and more."""
SMALL_GAIN = 0.1
"""Size of the first weights times the root of the number of inputs: He's is 1.4, Xavier's about 1. With
less, each layer makes what passes ten times smaller."""
EXPLODED = 10.0
"""Gradient at the start as a multiple of the weights' own length: at a rate of 0.1 a step replaces all
weights."""

GROWN = 10.0
"""Size of a layer's sums Z from which on they have grown on their way; meant is about 1."""


def dead_units(case: Case) -> Iterator[Finding]:
    """ReLUs that give 0 for every sample, so that nothing comes back through them either."""
    found = {i: share for i, share in _shares(case, "dead").items() if share >= DEAD}
    if not found:
        return
    widths = {i: case.network.layers[i].n_outputs for i in found}
    units = " and ".join(f"{round(share * widths[i])} of {widths[i]}" for i, share in found.items())
    courses = [case.columns("dead")[str(i)] for i in found if str(i) in case.columns("dead")]
    course = ", ".join(percent(shares[0]) for shares in courses if len(shares) > 1)
    lacking = case.lacking or max(found.values()) >= MOSTLY_DEAD
    yield Finding(
        "dead_units",
        "serious" if case.failed else "warning" if lacking else "note",
        f"Dead units in {_where(case, found)}",
        f"{units} units give 0 for each of {len(case.sample)} training samples. No gradient comes through "
        f"them: they do not come back.{f' After the first epoch it was {course}.' if course else ''}",
        "An activation that never gives exactly 0 (--set network.activation=leaky_relu), He's "
        f"initialisation (--set network.init=he), {lower_rate(case)}; no large negative biases.",
    )


def saturated_units(case: Case) -> Iterator[Finding]:
    """Sigmoids and tanhs that stand at their limits, where they are flat."""
    found = {i: share for i, share in _shares(case, "saturated").items() if share >= SATURATED}
    if not found:
        return
    lacking = case.lacking or hindered_from_the_start(case)
    yield Finding(
        "saturated_units",
        "serious" if case.failed else "warning" if lacking else "note",
        f"Saturated units in {_where(case, found)}",
        f"{' and '.join(map(percent, found.values()))} of the outputs are within 1 % of their limits on "
        f"{len(case.sample)} training samples. The function is flat there, so hardly any gradient comes "
        "through.",
        "Smaller first weights (--set network.init=auto), scaled inputs (--set data.prepare=standard), "
        "batch normalisation (--set network.batch_norm=true), or --set network.activation=relu.",
    )


def vanishing_gradients(case: Case) -> Iterator[Finding]:
    """A first layer that hardly learns, because layers in between let nothing through."""
    measured = _speeds(case)
    if not measured or len(measured[0]) < 3 or not case.lacking or hindered_from_the_start(case):
        return
    # The last layer begins with small weights where one wants small answers: it is no measure.
    ends = [(hidden[0], hidden[-1]) for hidden in (list(found.values())[:-1] for found in measured)]
    spread = _least_spread(case.start_trace)
    if spread >= ALIKE and not all(last > 0 and first < VANISHED * last for first, last in ends):
        return
    found, (first, last) = measured[0], ends[0]
    facts = (
        f"Length of the gradient as a share of the weights' length, layer by layer: {_listed(found)}. The "
        f"first is {_times(last, first)} the last hidden one."
    )
    if spread < ALIKE:
        facts += (
            " Before the first step the last hidden layer's outputs differ from sample to sample by "
            f"{percent(spread) if spread >= 0.001 else f'{100 * spread:.1g} %'} of their size: to the next "
            "layer all samples look the same."
        )
    yield Finding(
        "vanishing_gradients",
        "serious" if case.failed else "warning",
        "The gradients vanish on their way to the first layer",
        facts,
        "Relu instead of sigmoid or tanh (--set network.activation=relu --set network.init=auto), batch "
        "normalisation (--set network.batch_norm=true), or fewer layers (--set network.hidden=[64]).",
    )


def small_weights(case: Case) -> Iterator[Finding]:
    """First weights so small that nothing arrives at the other end."""
    trace = case.start_trace
    if trace is None or not case.lacking:
        return
    gains = [float(np.sqrt(np.square(layer.W).mean() * layer.W.shape[0])) for layer in trace.layers]
    hidden = gains[:-1] or gains  # a last layer that begins with small answers is a good idea
    if not 0 < max(hidden) < SMALL_GAIN or any(step.kind == "BatchNorm" for step in trace.steps):
        return
    sizes = ", ".join(f"{_size(layer):.1g}" for layer in trace.layers)
    yield Finding(
        "init_too_small",
        "serious" if case.failed else "warning",
        "The first weights are too small",
        f"Before the first step, the sums Z of the layers are of the size {sizes}: each layer makes what "
        f"passes about {1 / max(hidden):,.0f} times smaller, and the gradients on their way back likewise.",
        "Begin with weights that keep the size of what passes: --set network.init=auto chooses those that "
        "go with the activation.",
    )


def exploding_gradients(case: Case) -> Iterator[Finding]:
    """Gradients that are long from the start, because each layer makes its input larger."""
    if case.start_trace is None:
        return
    found = _speeds_of(case.start_trace)
    greatest = max(found.values())
    if np.isfinite(greatest) and (greatest < EXPLODED or max(map(_size, case.start_trace.layers)) < GROWN):
        return
    clipped = case.recipe is not None and case.recipe.training.clip_norm
    sizes = ", ".join(f"{_size(layer):.3g}" for layer in case.start_trace.layers)
    yield Finding(
        "exploding_gradients",
        "serious" if case.failed and not clipped else "warning",
        "The gradients explode",
        f"Before the first step the gradients are, as multiples of the weights' length: {_listed(found)}. "
        f"The sums Z grow from layer to layer: {sizes}.",
        "First weights that keep the size of what passes (--set network.init=auto), scaled inputs (--set "
        "data.prepare=standard), batch normalisation (--set network.batch_norm=true), or --set "
        "training.clip_norm=1.",
    )


def same_units(case: Case) -> Iterator[Finding]:
    """Units of a layer that compute the same, because they began with the same weights."""
    if not case.trained:
        return
    found = []
    for layer in case.trace.layers[:-1]:
        units = np.vstack([layer.W, layer.b])
        different = len(np.unique(units, axis=1).T)
        if units.shape[1] > 1 and different <= units.shape[1] // 2:
            sets = f"{different} set{'s' * (different > 1)} of weights"
            found.append(
                (layer.name.replace("hidden", "hidden layer"), f"{units.shape[1]} units share {sets}")
            )
    if found:
        yield Finding(
            "same_units",
            "serious" if case.failed else "warning",
            f"Units of {' and '.join(name for name, _ in found)} are the same",
            f"{'; '.join(shared for _, shared in found)}. Those with the same weights get the same "
            "gradients, so they stay the same for ever.",
            "Begin with random weights: --set network.init=auto.",
        )


def _shares(case: Case, kind: str) -> dict[int, float]:
    """The share of dead units or saturated outputs in each hidden layer, by its number."""
    found = unit_shares(case.network, case.sample) if case.trained else {}
    return {int(key.partition("/")[2]): share for key, share in found.items() if key.startswith(kind)}


def hindered_from_the_start(case: Case) -> bool:
    """Whether units were dead or saturated before the first step, so that no rate is to blame."""
    if case.start is None:
        return False
    limits = {"dead": DEAD, "saturated": SATURATED}
    found = unit_shares(case.start, case.sample)
    return any(share >= limits[key.partition("/")[0]] for key, share in found.items())


def killed(case: Case) -> str:
    """What was alive at the start and is dead after the training, in a sentence; empty if nothing."""
    if case.start is None:
        return ""
    before, after = (unit_shares(network, case.sample) for network in (case.start, case.network))
    for key, share in after.items():
        if key.startswith("dead") and share >= DEAD and before[key] < ALIVE:
            return (
                f"In {_where(case, [int(key.partition('/')[2])])}, {percent(before[key])} of the units were "
                f"dead before the first step and {percent(share)} after the training: steps that are too "
                "long throw them where no sample reaches."
            )
    return ""


def _where(case: Case, found: Iterable[int]) -> str:
    numbers = [sum(type(layer).__name__ == "Dense" for layer in case.network.layers[:i]) for i in found]
    return f"hidden layer{'s' * (len(numbers) > 1)} {' and '.join(map(str, numbers))}"


def _speeds(case: Case) -> list[dict[str, float]]:
    """Each layer's gradient as a share of its weights: before the first step, and in the first half."""
    found = [] if case.start_trace is None else [_speeds_of(case.start_trace)]
    gradients, weights = case.columns("gradient_norm"), case.columns("weight_norm")
    if gradients and len(case.losses):
        half = slice(max(1, len(case.losses) // 2))
        shares = [norms[half] / np.maximum(weights[name][half], 1e-30) for name, norms in gradients.items()]
        medians = [float(np.nanmedian(share)) for share in shares if not np.isnan(share).all()]
        found.append({f"layer {number}": median for number, median in enumerate(medians, start=1)})
    return found or ([_speeds_of(case.trace)] if case.trained else [])


def _speeds_of(trace: Trace) -> dict[str, float]:
    return {
        f"layer {number}": float(np.linalg.norm(layer.dW) / max(float(np.linalg.norm(layer.W)), 1e-30))
        for number, layer in enumerate(trace.layers, start=1)
    }


def _least_spread(trace: Trace | None) -> float:
    """How much a hidden layer's outputs differ from sample to sample, as a share of their size; the least."""
    if trace is None or len(trace.layers) < 2:
        return 1.0
    shares = []
    for layer in trace.layers[:-1]:
        A = layer.A.astype(np.float64)
        size = float(np.sqrt(np.square(A).mean()))
        shares.append(float(np.sqrt(A.var(axis=0).mean())) / size if size > 0 else 1.0)
    return min(shares)


def _times(last: float, first: float) -> str:
    return f"{last / first:,.0f} times shorter than" if first else "nothing beside"


def _size(layer: LayerTrace) -> float:
    return float(np.sqrt(np.mean(np.square(layer.Z, dtype=np.float64))))


def _listed(speeds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.2g}" for name, value in speeds.items())
