"""PICTURES. Each a pure function: data in, Matplotlib figure out.

Nothing is shown, no figure of pyplot's is left open and no setting is changed. Matplotlib is loaded
with the first picture.

Examples
--------
>>> import glassnet as gn
>>> from glassnet import plots
>>> fig = plots.architecture(gn.mlp(64, 32, 10))
>>> fig.savefig("network.png")  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

# Each picture lives in a module of its own name.
__all__ = [
    "activation_functions",
    "architecture",
    "backward_pass",
    "evidence",
    "first_layer_weights",
    "forward_pass",
    "robustness",
    "weight_update",
]

if TYPE_CHECKING:
    from glassnet.plots.activation_functions import activation_functions
    from glassnet.plots.architecture import architecture
    from glassnet.plots.backward_pass import backward_pass
    from glassnet.plots.evidence import evidence
    from glassnet.plots.first_layer_weights import first_layer_weights
    from glassnet.plots.forward_pass import forward_pass
    from glassnet.plots.robustness import robustness
    from glassnet.plots.weight_update import weight_update


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    picture = getattr(import_module(f"{__name__}.{name}"), name)
    globals()[name] = picture  # over the submodule of the same name, which the import has just put there
    return picture


def __dir__() -> list[str]:
    return sorted(__all__)
