"""PICTURES. Each a pure function: data in, Matplotlib figure out.

Nothing is shown, no figure of pyplot's is left open and no setting is changed. Each picture lives in a
module of its own name.

Examples
--------
>>> import glassnet as gn
>>> from glassnet import plots
>>> fig = plots.architecture(gn.mlp(64, 32, 10))
>>> fig.get_suptitle()
'The network: 2 layers, 2,410 parameters, cross-entropy loss'
"""

from glassnet.plots.activation_functions import activation_functions
from glassnet.plots.animation import animation
from glassnet.plots.architecture import architecture
from glassnet.plots.backward_pass import backward_pass
from glassnet.plots.class_distribution import class_distribution
from glassnet.plots.class_report import class_report
from glassnet.plots.compare import compare
from glassnet.plots.confusion_matrix import confusion_matrix
from glassnet.plots.embedding import embedding
from glassnet.plots.evidence import evidence
from glassnet.plots.first_layer_weights import first_layer_weights
from glassnet.plots.forward_pass import forward_pass
from glassnet.plots.gradient_flow import gradient_flow
from glassnet.plots.learning_curves import learning_curves
from glassnet.plots.mistakes import mistakes
from glassnet.plots.prediction import prediction
from glassnet.plots.reading import reading
from glassnet.plots.reading_steps import reading_steps
from glassnet.plots.reliability import reliability
from glassnet.plots.robustness import robustness
from glassnet.plots.samples import samples
from glassnet.plots.weight_update import weight_update

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
