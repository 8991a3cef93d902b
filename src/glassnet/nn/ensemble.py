"""Several networks as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from glassnet.maths.types import Array
from glassnet.nn.batch_norm import BatchNorm
from glassnet.nn.dense import Dense
from glassnet.nn.network import Network

__all__ = ["ensemble"]


def ensemble(members: Sequence[Network]) -> Network:
    """One network that answers with the mean of its members' last sums Z.

    The members stand side by side in it as blocks that do not see one another: all read X, each has its
    own hidden units, and the last layer takes the mean. Behind a softmax that is the geometric mean of
    their probabilities, brought to a sum of 1 (Heskes 1998, "Selecting weighting factors in logarithmic
    opinion pools", equation 2); without one it is the plain mean of their answers.

    Parameters
    ----------
    members : sequence of Network
        At least one; the same layers in the same order, with the same numbers of inputs and outputs.
        Hidden layers may differ in width.

    Returns
    -------
    Network
        An ordinary one, for every use. The blocks between members hold zeros, so the weights between two
        hidden layers grow with the square of the number of members.

    Raises
    ------
    ValueError
        If there are none, or they do not fit one another.

    Examples
    --------
    >>> from glassnet.nn import mlp
    >>> both = ensemble([mlp(4, 3, 2, seed=0), mlp(4, 5, 2, seed=1)])
    >>> [layer.n_outputs for layer in both.layers]
    [8, 8, 2, 2]
    """
    if not members:
        raise ValueError("an ensemble needs one member at least")
    _check(members)
    dense = [i for i, layer in enumerate(members[0].layers) if isinstance(layer, Dense)]
    config = members[0].config()
    for i in dense:
        first, last = i == dense[0], i == dense[-1]
        layers = [member.layers[i] for member in members]
        layer = config["layers"][i]
        layer["n_inputs"] = layers[0].n_inputs if first else sum(each.n_inputs for each in layers)
        layer["n_outputs"] = layers[0].n_outputs if last else sum(each.n_outputs for each in layers)
        layer["init"] = "zeros"
    whole = Network.from_config(config)
    for places in ("parameters", "statistics"):
        for name, place in getattr(whole, places).items():
            i = int(name.split(".")[0])
            parts = [getattr(member, places)[name] for member in members]
            _fill(place, parts, shared_inputs=i == dense[0], mean=i == dense[-1])
    return whole


def _fill(place: Array, parts: list[Array], shared_inputs: bool, mean: bool) -> None:
    """Lay the members' arrays into the whole one's, each behind the other along each axis of its own."""
    place[...] = 0
    row = column = 0
    for part in parts:
        rows, columns = part.shape if part.ndim == 2 else (1, part.shape[-1])
        block = np.atleast_2d(place)[row : row + rows, column : column + columns]
        block += part / len(parts) if mean else part
        row += 0 if shared_inputs or part.ndim == 1 else rows
        column += 0 if mean else columns


def _check(members: Sequence[Network]) -> None:
    def shape(network: Network) -> tuple[object, ...]:
        kinds = [
            {k: v for k, v in layer.config().items() if k not in ("n_inputs", "n_outputs", "init")}
            for layer in network.layers
        ]
        return kinds, network.n_inputs, network.n_outputs, network.loss.name, network.dtype

    for number, member in enumerate(members[1:], start=2):
        if shape(member) != shape(members[0]):
            raise ValueError(f"member {number} does not fit the first: {member!r} beside {members[0]!r}")
    layers = members[0].layers
    last = max(i for i, layer in enumerate(layers) if isinstance(layer, Dense))
    if any(isinstance(layer, BatchNorm) for layer in layers[last:]):
        raise ValueError("the sums of the last Dense layer are averaged, so no BatchNorm may follow it")
