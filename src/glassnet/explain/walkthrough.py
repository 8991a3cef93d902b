"""One example's way through a network and back, step by step, in words and real numbers.

Everything is read from a Trace: nothing is computed a second time except where a formula is written
out with its terms.

Examples
--------
>>> from glassnet.nn import mlp
>>> trace = mlp(4, 3, 2, seed=0).trace([[0, 1, 0.5, 0]], [1], learning_rate=0.1)
>>> for step in walkthrough(trace):
...     print(step.title)
The input: it is “1”
hidden 1: weighted sums
hidden 1: ReLU()
output: weighted sums
output: Softmax()
The loss: cross-entropy
Backwards: the error at the output, dZ
output: what each weight did
hidden 1: back through ReLU()
hidden 1: what each weight did
The update
The loss after the update
"""

from collections.abc import Sequence

from glassnet.explain.backward import backward_steps, update_steps
from glassnet.explain.forward import forward_steps
from glassnet.explain.steps import Names, Step
from glassnet.nn import Trace

__all__ = ["walkthrough"]


def walkthrough(
    trace: Trace,
    sample: int = 0,
    *,
    class_names: Sequence[str] | None = None,
    image_shape: tuple[int, int] | None = None,
    feature_names: Sequence[str] | None = None,
) -> list[Step]:
    """One sample's way forward, back, and through the update.

    Parameters
    ----------
    trace : Trace
        Of one sample or a batch.
    sample : int
        Which row of the batch.
    class_names, image_shape, feature_names
        What the outputs are called, and what the input is.

    Returns
    -------
    list of Step
        From the input to the loss after the update.
    """
    names = Names(
        None if class_names is None else tuple(class_names),
        image_shape,
        None if feature_names is None else tuple(feature_names),
    )
    return [
        *forward_steps(trace, sample, names),
        *backward_steps(trace, sample, names),
        *update_steps(trace, sample, names),
    ]
