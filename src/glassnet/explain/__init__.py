"""One example's path through a network and back: in words, in real numbers, and pixel by pixel.

Nothing here is a second way of computing: everything comes from a Trace, an Evidence or an Evaluation.
"""

from glassnet.explain.steps import Names, Phase, Step, Table, number
from glassnet.explain.tracing import Connection, UnitView, evidence_of, loss_curve, trace_one, view_unit
from glassnet.explain.walkthrough import walkthrough

__all__ = [
    "Connection", "Names", "Phase", "Step", "Table", "UnitView", "evidence_of", "loss_curve", "number",
    "trace_one", "view_unit", "walkthrough",
]  # fmt: skip
