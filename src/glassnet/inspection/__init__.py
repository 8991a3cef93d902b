"""Looking at one example and one training through a model: what the browser's pages show.

Nothing here is a second way of computing: everything comes from a Trace, an Evidence, an Evaluation, or
from a training's own arrays.
"""

from glassnet.inspection.drawing import Stroke, open_picture, rasterize
from glassnet.inspection.example import Example, from_picture, from_run
from glassnet.inspection.progress import Snapshot, gradient_lengths, snapshot
from glassnet.inspection.seeing import Refused, SeenDigit, Sight, see
from glassnet.inspection.tracing import (
    Connection,
    UnitView,
    evidence_of,
    loss_curve,
    trace_one,
    view_unit,
)
from glassnet.nn import Evidence, Trace
from glassnet.reading.scaling import fitted, pixel_max

__all__ = [
    "Connection",
    "Evidence",
    "Example",
    "Refused",
    "SeenDigit",
    "Sight",
    "Snapshot",
    "Stroke",
    "Trace",
    "UnitView",
    "evidence_of",
    "fitted",
    "from_picture",
    "from_run",
    "gradient_lengths",
    "loss_curve",
    "open_picture",
    "pixel_max",
    "rasterize",
    "see",
    "snapshot",
    "trace_one",
    "view_unit",
]
