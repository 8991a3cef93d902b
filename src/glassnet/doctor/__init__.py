"""The doctor: what is wrong with a training, in plain words, with the evidence and what to try.

Each check is a small function over a :class:`Case`: the history of a training, its network, its data.

Examples
--------
>>> import glassnet as gn
>>> data = gn.load("iris")
>>> network = gn.mlp(4, 16, 3, seed=0)
>>> history = gn.fit(network, data, gn.GradientDescent(1e-5), epochs=20, batch_size=16)
>>> [finding.kind for finding in diagnose(Case(network, data, history=history))]
['rate_too_low']
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from glassnet.doctor import capacity, inputs, labels, layers, long_steps, overfitting, short_steps
from glassnet.doctor.case import Case
from glassnet.doctor.finding import KINDS, SEVERITIES, Finding
from glassnet.doctor.opened_case import open_case
from glassnet.doctor.unknown import unexplained
from glassnet.recipe import OpenedRun, Run

__all__ = ["Case", "Finding", "diagnose", "open_case"]

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    inputs.constant_inputs,
    inputs.outliers,
    inputs.input_scale,
    inputs.target_scale,
    inputs.other_range,
    labels.missing_classes,
    labels.labels,
    labels.noisy_labels,
    labels.rare_classes,
    labels.duplicates,
    layers.small_weights,
    layers.exploding_gradients,
    layers.same_units,
    layers.dead_units,
    layers.saturated_units,
    layers.vanishing_gradients,
    capacity.output,
    capacity.penalty,
    capacity.dropout,
    capacity.linear,
    capacity.too_small,
    long_steps.broken_off,
    long_steps.momentum_too_high,
    long_steps.rate_too_high,
    short_steps.rate_too_low,
    short_steps.too_few_epochs,
    short_steps.clipped,
    overfitting.overfitting,
)

# What follows from something else is not said besides it: whoever puts that right is rid of both.
BAD_DATA = {"input_constant", "labels_do_not_match"}
UNSCALED = {"input_not_scaled", "input_outliers", "targets_not_scaled"}
BAD_START = {"same_units", "init_too_small"}
HELD_BACK = {"penalty_too_strong", "dropout_too_strong", "clip_too_strong"}
STUCK = {"vanishing_gradients", "saturated_units", "dead_units"}
TOO_LITTLE = {"too_small", "no_nonlinearity", "output_does_not_fit"}
TOO_LONG = {"momentum_too_high", "rate_too_high", "exploding_gradients"}
FOLLOWS_FROM = {
    "labels_do_not_match": {"input_constant", "input_outliers", "parts_differ"},
    "labels_noisy": {"input_constant", "input_outliers", "labels_do_not_match"},
    "parts_differ": {"input_constant"},
    "input_not_scaled": {"input_constant", "input_outliers", "parts_differ"},
    "duplicates": {"input_constant"},
    "init_too_small": {"same_units"},
    "penalty_too_strong": {"same_units"},
    "exploding_gradients": {"input_constant"} | UNSCALED,
    "vanishing_gradients": {"dead_units", "clip_too_strong"} | BAD_START | BAD_DATA | UNSCALED,
    "dead_units": BAD_START | BAD_DATA | UNSCALED | HELD_BACK | {"rate_too_high", "exploding_gradients"},
    "saturated_units": BAD_DATA | UNSCALED | {"too_small", "vanishing_gradients"},
    "rate_too_high": BAD_START | BAD_DATA | UNSCALED | HELD_BACK | TOO_LITTLE
    | {"momentum_too_high", "vanishing_gradients", "exploding_gradients"},
    "rate_too_low": BAD_START | BAD_DATA | UNSCALED | HELD_BACK | TOO_LITTLE | STUCK | TOO_LONG
    | {"labels_noisy"},
    "too_small": BAD_START | BAD_DATA,
    "overfitting": UNSCALED | {"labels_do_not_match", "labels_noisy", "parts_differ", "exploding_gradients"}
    | {"saturated_units", "input_constant", "rate_too_low", "too_few_epochs"},
    "classes_rare": BAD_START | BAD_DATA | UNSCALED | HELD_BACK | TOO_LITTLE | STUCK | TOO_LONG
    | {"rate_too_low", "too_few_epochs", "labels_noisy", "parts_differ"},
}  # fmt: skip
FOLLOWS_FROM["too_few_epochs"] = FOLLOWS_FROM["rate_too_low"]


@np.errstate(all="ignore")  # what is infinite is what is looked for
def diagnose(subject: Case | OpenedRun | Run) -> list[Finding]:
    """Find what is wrong with a training.

    Parameters
    ----------
    subject : Case, OpenedRun or Run
        A training; for a run folder ``open_case(path)``.

    Returns
    -------
    list of Finding
        The most serious first, and causes before their effects; empty where all is well.
    """
    case = subject if isinstance(subject, Case) else Case.of(subject)
    found = _causes([finding for check in CHECKS for finding in check(case)])
    found += unexplained(case, found)
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), KINDS.index(f.kind)))


def _causes(found: list[Finding]) -> list[Finding]:
    """Without what follows from another finding; that one is then as serious as what follows from it."""
    said = {finding.kind for finding in found if finding.severity != "note"}
    effects = [(finding, said & FOLLOWS_FROM.get(finding.kind, set())) for finding in found]
    causes = []
    for finding, its_causes in effects:
        if not its_causes:
            caused = [effect.severity for effect, whence in effects if finding.kind in whence]
            worst = min([finding.severity, *caused], key=SEVERITIES.index)
            causes.append(replace(finding, severity=worst))
    return causes
