"""The memory: layers with weights and buffers, the network, the glass. NumPy only."""

from glassnet.nn.activation import ACTIVATIONS, Activation
from glassnet.nn.activations import *
from glassnet.nn.activations import __all__ as _activations
from glassnet.nn.batch_norm import BatchNorm
from glassnet.nn.build import mlp
from glassnet.nn.dense import Dense
from glassnet.nn.dropout import Dropout
from glassnet.nn.ensemble import ensemble
from glassnet.nn.attribution import Evidence, find_evidence
from glassnet.nn.layer import Layer
from glassnet.nn.loss import LOSSES, Loss
from glassnet.nn.losses import *
from glassnet.nn.losses import __all__ as _losses
from glassnet.nn.network import Network
from glassnet.nn.trace import LayerTrace, StepTrace, Trace

__all__ = [
    "ACTIVATIONS", "LOSSES", "Activation", "BatchNorm", "Dense", "Dropout", "Evidence", "Layer", "LayerTrace",
    "Loss", "Network", "StepTrace", "Trace", "ensemble", "find_evidence", "mlp", *_activations, *_losses,
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name != "committee":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import warnings

    warnings.warn(
        "glassnet.nn.committee is called glassnet.nn.ensemble now.", DeprecationWarning, stacklevel=2
    )
    return ensemble
