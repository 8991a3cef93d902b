"""What the layers tell: dead, saturated and equal units, gradients that vanish or explode."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, percent
from glassnet.nn import LayerTrace, Trace
from glassnet.train.layer_watch import unit_shares

__all__ = ["dead_units", "exploding_gradients", "same_units", "saturated_units", "vanishing_gradients"]

DEAD = 0.75
"""Share of a layer's units. Where all inputs are positive and alike, as in iris, each unit is dead with
probability one half by its first weights alone; training kills some more. The rest still learn."""
SATURATED = 0.8
"""Share of outputs. The derivative of a saturated unit is below a twenty-fifth of its greatest; where so many
are, nearly nothing of the gradient comes through. A half of them is usual after a long training."""
VANISHED = 1e-3
"""Relative speed of the first layer as a share of the last one's: when the last has learned, the first has
not yet begun."""
EXPLODED = 10.0
"""Gradient at the start as a multiple of the weights' own length: at a rate of 0.1 a step replaces all "
"weights."""


def dead_units(case: Case) -> Iterator[Finding]:
    """ReLUs that give 0 for every sample, so that nothing comes back through them either."""
    if not case.trained:
        return
    for i, share in _shares(case, "dead"):
        if share >= DEAD:
            layer = case.network.layers[i]
            history = case.columns("dead").get(str(i))
            course = ""
            if history is not None and len(history) > 1:
                course = f" After the first epoch it was {percent(history[0])}."
            yield Finding(
                "dead_units",
                "serious" if case.failed or share >= 0.9 else "warning",
                f"Dead units in {_where(case, i)}: {percent(share)}",
                f"{round(share * layer.n_outputs)} of {layer.n_outputs} units give 0 for each of "
                f"{len(case.sample)} training samples. No gradient comes through them: they do not come "
                f"back.{course}",
                "Try a lower rate, He's initialisation (network.init = he), no large negative biases, or an "
                "activation that never gives exactly 0 (leaky_relu, gelu).",
            )


def saturated_units(case: Case) -> Iterator[Finding]:
    """Sigmoids and tanhs that stand at their limits, where they are flat."""
    if not case.trained:
        return
    for i, share in _shares(case, "saturated"):
        if share >= SATURATED:
            yield Finding(
                "saturated_units",
                "serious" if case.failed else "warning",
                f"Saturated units in {_where(case, i)}: {percent(share)}",
                f"{percent(share)} of the outputs are within 1 % of their limits on {len(case.sample)} "
                "training samples. The function is flat there, so hardly any gradient comes through.",
                "Try smaller first weights (network.init = xavier), scaled inputs, batch normalisation "
                "(network.batch_norm = true), a lower rate, or relu.",
            )


def vanishing_gradients(case: Case) -> Iterator[Finding]:
    """A first layer that learns a thousand times more slowly than the last one."""
    speeds = _speeds(case)
    if len(speeds) < 2:
        return
    first, last = next(iter(speeds.values())), list(speeds.values())[-1]
    if last > 0 and first < VANISHED * last:
        yield Finding(
            "vanishing_gradients",
            "serious" if case.failed else "warning",
            "The gradients vanish on their way to the first layer",
            f"Length of the gradient as a share of the weights' length, layer by layer: {_listed(speeds)}. "
            f"The first is {last / first if first else np.inf:,.0f} times shorter than the last.",
            "Try relu instead of sigmoid or tanh, an initialisation that fits (he for relu, xavier for "
            "tanh), batch normalisation (network.batch_norm = true), or fewer layers.",
        )


def exploding_gradients(case: Case) -> Iterator[Finding]:
    """Gradients that are long from the start, because each layer makes its input larger."""
    if case.start_trace is None:
        return
    speeds = _speeds_of(case.start_trace)
    greatest = max(speeds.values())
    if np.isfinite(greatest) and greatest < EXPLODED:
        return
    clipped = case.recipe is not None and case.recipe.training.clip_norm
    sizes = ", ".join(f"{_size(layer):.3g}" for layer in case.start_trace.layers)
    yield Finding(
        "exploding_gradients",
        "serious" if case.failed and not clipped else "warning",
        "The gradients explode",
        f"Before the first step the gradients are, as multiples of the weights' length: {_listed(speeds)}. "
        f"The sums Z grow from layer to layer: {sizes}.",
        "Try first weights that keep the size of what passes (network.init = he, or xavier), scaled inputs, "
        "batch normalisation (network.batch_norm = true), or training.clip_norm = 1.",
    )


def same_units(case: Case) -> Iterator[Finding]:
    """Units of a layer that compute the same, because they began with the same weights."""
    if not case.trained:
        return
    for layer in case.trace.layers[:-1]:
        units = np.vstack([layer.W, layer.b])
        different = len(np.unique(units, axis=1).T)
        if units.shape[1] > 1 and different <= units.shape[1] // 2:
            yield Finding(
                "same_units",
                "serious" if case.failed else "warning",
                f"Units of {layer.name.replace('hidden', 'hidden layer')} are the same",
                f"{units.shape[1]} units share {different} set{'s' * (different > 1)} of weights. Those "
                "with the same weights get the same gradients, so they stay the same for ever.",
                "Begin with random weights: network.init = he.",
            )


def _shares(case: Case, kind: str) -> list[tuple[int, float]]:
    found = unit_shares(case.network, case.sample)
    return [(int(key.partition("/")[2]), share) for key, share in found.items() if key.startswith(kind)]


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
        if key.startswith("dead") and share >= 0.9 and before[key] < DEAD:
            where = _where(case, int(key.partition("/")[2]))
            return (
                f"In {where}, {percent(before[key])} of the units were dead before the first step and "
                f"{percent(share)} after the training: steps that are too long throw them where no sample "
                "reaches."
            )
    return ""


def _where(case: Case, i: int) -> str:
    number = sum(type(layer).__name__ == "Dense" for layer in case.network.layers[:i])
    return f"hidden layer {number}"


def _speeds(case: Case) -> dict[str, float]:
    """Each layer's gradient as a share of its weights: the median over the first half of the training."""
    gradients, weights = case.columns("gradient_norm"), case.columns("weight_norm")
    if gradients and len(case.losses):
        half = max(1, len(case.losses) // 2)
        names = [f"layer {number}" for number in range(1, len(gradients) + 1)]
        medians = [
            float(np.nanmedian(norms[:half] / np.maximum(weights[name][:half], 1e-30)))
            for name, norms in gradients.items()
            if not np.isnan(norms[:half]).all()
        ]
        return dict(zip(names, medians, strict=False))
    if case.start_trace is not None:
        return _speeds_of(case.start_trace)
    return _speeds_of(case.trace) if case.trained else {}


def _speeds_of(trace: Trace) -> dict[str, float]:
    return {
        f"layer {number}": float(np.linalg.norm(layer.dW) / max(float(np.linalg.norm(layer.W)), 1e-30))
        for number, layer in enumerate(trace.layers, start=1)
    }


def _size(layer: LayerTrace) -> float:
    return float(np.sqrt(np.mean(np.square(layer.Z, dtype=np.float64))))


def _listed(speeds: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.2g}" for name, value in speeds.items())
