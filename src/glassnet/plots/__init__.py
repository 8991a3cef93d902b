"""Pictures, each a pure function: data in, Matplotlib figure out.

Nothing is shown, no pyplot figure stays open and no setting changes. Each picture lives in a
module of the same name.

Examples
--------
>>> import glassnet as gn
>>> from glassnet import plots
>>> fig = plots.architecture(gn.mlp(64, 32, 10))
>>> fig.get_suptitle()
'The network: 2 layers, 2,410 parameters, cross-entropy loss'
"""

from glassnet.extras import require

require("plots", "A picture")

from glassnet.plots.activation_functions import activation_functions  # noqa: E402
from glassnet.plots.animation import animation  # noqa: E402
from glassnet.plots.architecture import architecture  # noqa: E402
from glassnet.plots.backward_pass import backward_pass  # noqa: E402
from glassnet.plots.class_distribution import class_distribution  # noqa: E402
from glassnet.plots.class_report import class_report  # noqa: E402
from glassnet.plots.compare import compare  # noqa: E402
from glassnet.plots.confusion_matrix import confusion_matrix  # noqa: E402
from glassnet.plots.embedding import embedding  # noqa: E402
from glassnet.plots.evidence import evidence  # noqa: E402
from glassnet.plots.first_layer_weights import first_layer_weights  # noqa: E402
from glassnet.plots.forward_pass import forward_pass  # noqa: E402
from glassnet.plots.gradient_flow import gradient_flow  # noqa: E402
from glassnet.plots.learning_curves import learning_curves  # noqa: E402
from glassnet.plots.mistakes import mistakes  # noqa: E402
from glassnet.plots.prediction import prediction  # noqa: E402
from glassnet.plots.reading import reading  # noqa: E402
from glassnet.plots.reading_steps import reading_steps  # noqa: E402
from glassnet.plots.reliability import reliability  # noqa: E402
from glassnet.plots.robustness import robustness  # noqa: E402
from glassnet.plots.samples import samples  # noqa: E402
from glassnet.plots.weight_update import weight_update  # noqa: E402

__all__ = [
    "activation_functions",
    "animation",
    "architecture",
    "backward_pass",
    "class_distribution",
    "class_report",
    "compare",
    "confusion_matrix",
    "embedding",
    "evidence",
    "first_layer_weights",
    "forward_pass",
    "gradient_flow",
    "learning_curves",
    "mistakes",
    "prediction",
    "reading",
    "reading_steps",
    "reliability",
    "robustness",
    "samples",
    "weight_update",
]
