"""Layers, passes and traces: a wrong shape is found where it comes in."""

import dataclasses
import typing

import numpy as np
import pytest
from beartype.roar import BeartypeCallHintViolation
from tests.shapes import as_jaxtyping

from glassnet import nn
from glassnet.nn.layer import KINDS
from glassnet.nn.loss import loss_named
from glassnet.nn.passes import Pass

X, y = np.ones((3, 4)), np.array([0, 1, 1])


@pytest.fixture
def net():
    return nn.mlp(4, 5, 2, batch_norm=True, dropout=0.5, dtype="float64")


@pytest.fixture
def trace(net):
    return net.trace(X, y)


WRONG = {
    "too many inputs": lambda net, trace: net.layers[0].forward(np.ones((3, 5))),
    "a single sample without its axis": lambda net, trace: net.layers[0].forward(np.ones(4)),
    "units of another layer": lambda net, trace: net.layers[1].forward(np.ones((3, 4))),
    "a gradient of another layer": lambda net, trace: net.layers[0].backward(np.ones((3, 4))),
    "a gradient for one number": lambda net, trace: nn.ReLU().backward(np.ones(3)),
    "a picture": lambda net, trace: Pass(net.layers, np.ones((3, 2, 2))),
    "labels for targets": lambda net, trace: Pass(net.layers, X).measure(net.loss, y),
    "weights for another batch": lambda net, trace: loss_named("mse").value(X, X, np.ones(4)),
    "a trace with another layer's W": lambda net, trace: dataclasses.replace(
        trace.layers[0], W=trace.layers[1].W
    ),
    "evidence without an axis": lambda net, trace: dataclasses.replace(
        nn.find_evidence(net, X[0]), weights=np.ones(4)
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_shape_is_found(case, net, trace):
    with pytest.raises(BeartypeCallHintViolation):
        WRONG[case](net, trace)


def test_so_is_a_layer_that_gives_another_number_of_units(net, monkeypatch):
    monkeypatch.setattr("glassnet.nn.dense.affine", lambda X, W, b, out=None: X)
    with pytest.raises(BeartypeCallHintViolation, match="return"):
        net.forward(X)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("method", ["forward", "backward"])
def test_every_layer_says_its_shapes(kind, method):
    hints = typing.get_type_hints(getattr(kind, method), include_extras=True)
    taken = hints["X" if method == "forward" else "dA"]
    assert as_jaxtyping(taken) is not None and as_jaxtyping(hints["return"]) is not None
