"""Every array of the page says its shape, and a wrong one is found."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable

import numpy as np
import pytest
from beartype.roar import BeartypeCallHintViolation
from tests.shapes import as_jaxtyping

from glassnet import maths as m
from glassnet.maths.types import NxD, VectorK

X, W, b = np.ones((3, 2)), np.ones((2, 4)), np.ones(4)
A, Y, weight = np.full((3, 2), 0.5), np.full((3, 2), 0.5), np.ones(3)

WRONG = {
    "weights the other way": lambda: m.affine(X, W.T, b),
    "a bias too long": lambda: m.affine(X, W, np.ones(5)),
    "a bias that would be broadcast": lambda: m.affine(X, W, np.ones((3, 4))),
    "another out": lambda: m.affine(X, W, b, out=np.empty((2, 4))),
    "one out of three": lambda: m.affine_vjp(np.ones((3, 4)), X, W, out=(None, np.empty((2, 5)), None)),
    "targets for a single sample": lambda: m.cross_entropy(A, Y[:1]),
    "a weight for each output": lambda: m.cross_entropy(A, Y, np.ones(2)),
    "weights as a column": lambda: m.log_loss_vjp(A, Y, weight[:, np.newaxis]),
    "statistics of other units": lambda: m.normalize(X, np.zeros(3), np.ones(3), 1e-5),
    "the gradient of another batch": lambda: m.relu_vjp(np.ones((1, 2)), X, X),
    "labels in columns": lambda: m.one_hot(np.zeros((3, 1), int), 2),
    "a single row": lambda: m.softmax(X[0]),
    "integers": lambda: m.softmax(np.ones((3, 2), int)),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_shape_is_found(case):
    with pytest.raises(BeartypeCallHintViolation):
        WRONG[case]()


def test_so_is_a_wrong_result(monkeypatch):
    monkeypatch.setattr(np, "positive", lambda Z, out=None: Z.T)
    with pytest.raises(BeartypeCallHintViolation, match="return"):
        m.identity(X)


def functions():
    for module in pkgutil.iter_modules(m.__path__, "glassnet.maths."):
        for name, function in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(function) and function.__module__ == module.name:
                yield pytest.param(function, id=name)


def bare_arrays(hint):
    """Arrays in an annotation that do not say their shape."""
    if typing.get_origin(hint) is typing.Annotated:
        return []
    if hint is np.ndarray or typing.get_origin(hint) is np.ndarray:
        return [hint]
    return [array for part in typing.get_args(hint) for array in bare_arrays(part)]


@pytest.mark.parametrize("function", list(functions()))
def test_every_array_says_its_shape(function):
    hints = typing.get_type_hints(function, include_extras=True)
    assert {name: hint for name, hint in hints.items() if bare_arrays(hint)} == {}


def test_what_an_annotation_says_is_found_inside_of_others():
    assert as_jaxtyping(int) is None
    assert as_jaxtyping(Callable[[int], NxD]) is None  # what it returns is checked when it is called
    assert "Float[ndarray, 'N D']" in repr(as_jaxtyping(NxD))
    expected = tuple[as_jaxtyping(NxD) | None, int, as_jaxtyping(VectorK)]
    assert repr(as_jaxtyping(tuple[NxD | None, int, VectorK])) == repr(expected)
