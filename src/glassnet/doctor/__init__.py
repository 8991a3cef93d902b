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

from glassnet.doctor import curves, data, layers
from glassnet.doctor.case import Case
from glassnet.doctor.finding import KINDS, SEVERITIES, Finding
from glassnet.doctor.opened_case import open_case
from glassnet.recipe import OpenedRun, Run

__all__ = ["Case", "Finding", "diagnose", "open_case"]

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    data.input_scale,
    data.missing_classes,
    data.rare_classes,
    data.labels,
    data.duplicates,
    layers.exploding_gradients,
    layers.same_units,
    layers.dead_units,
    layers.saturated_units,
    layers.vanishing_gradients,
    curves.broken_off,
    curves.rate_too_high,
    curves.rate_too_low,
    curves.too_small,
    curves.overfitting,
)

# What follows from something else is not said besides it; whoever puts that right is rid of both.
FOLLOWS_FROM = {
    "exploding_gradients": {"input_not_scaled"},
    "vanishing_gradients": {"dead_units", "same_units"},
    "rate_too_low": {"rate_too_high", "exploding_gradients", "saturated_units", "labels_do_not_match"},
    "overfitting": {"labels_do_not_match"},
}


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
    found = [finding for check in CHECKS for finding in check(case)]
    causes = {finding.kind for finding in found if finding.severity != "note"}
    found = [finding for finding in found if not causes & FOLLOWS_FROM.get(finding.kind, set())]
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), KINDS.index(f.kind)))
