"""examples/ladder: four ways to write the same network must compute the same gradients."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import glassnet as gn

LADDER = Path(__file__).parents[1] / "examples" / "ladder"


def rung(number):
    spec = importlib.util.spec_from_file_location(f"ladder_rung{number}", LADDER / f"rung{number}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gradients_of_rung0(X, y, n_h):
    page = rung(0)
    params = page.init_params(X.shape[1], n_h, 10, np.random.default_rng(0))
    Z1, A1, _, A2 = page.forward_prop(*params, X.T)
    found = page.backward_prop(Z1, A1, A2, params[2], X.T, page.one_hot(y, 10))
    return [
        gradient.T if name[0] == "W" else gradient.ravel()
        for name, gradient in zip(NAMES, found, strict=True)
    ]


def gradients_of_rung1(X, y, n_h):
    page = rung(1)
    params = page.init_params(X.shape[1], n_h, 10, np.random.default_rng(0))
    return page.backward(params, *page.forward(params, X), X, np.eye(10)[y])


def gradients_of_rung2(X, y, n_h):
    network = rung(2).build(X.shape[1], n_h, 10)
    _, gradients = network.loss_and_gradients(X, y)
    return [gradients[name] for name in ("0.W", "0.b", "2.W", "2.b")]


def gradients_of_rung3(X, y, n_h):
    """What one step of fit, with a learning rate of 1, takes away from the weights."""
    network = gn.mlp(X.shape[1], n_h, 10, init="he", seed=0, dtype="float64")
    before = {name: value.copy() for name, value in network.parameters.items()}
    gn.fit(network, gn.Dataset(X, y), optimizer=gn.GradientDescent(1.0), epochs=1, batch_size=None)
    return [before[name] - network.parameters[name] for name in ("0.W", "0.b", "2.W", "2.b")]


NAMES = ("W1", "b1", "W2", "b2")
RUNGS = (gradients_of_rung0, gradients_of_rung1, gradients_of_rung2, gradients_of_rung3)


def assert_all_rungs_agree(X, y, n_h):
    lowest, *higher = [gradients(X, y, n_h) for gradients in RUNGS]
    assert all(np.abs(gradient).max() > 1e-4 for gradient in lowest)
    for other in higher:
        for name, expected, got in zip(NAMES, lowest, other, strict=True):
            np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-14, err_msg=name)


def test_all_rungs_compute_the_same_gradients_on_the_bundled_digits():
    digits = gn.load("digits")
    assert_all_rungs_agree(digits.flat / 16, digits.labels, 32)


def test_all_rungs_compute_the_same_gradients_on_mnist(mnist):
    some = mnist[0].limit(300)
    assert_all_rungs_agree(some.flat / 255, some.labels, 128)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_after_some_steps_all_rungs_have_the_same_weights_and_print_the_same_line(number, capsys):
    W1, b1, W2, b2 = rung(0).main(steps=40)
    line = capsys.readouterr().out
    reached = rung(number).main(steps=40)
    assert capsys.readouterr().out == line
    if number > 1:
        reached = reached.parameters.values()
    by_shape = {values.shape: values for values in reached}
    for expected in (W1.T, b1.ravel(), W2.T, b2.ravel()):
        np.testing.assert_allclose(by_shape[expected.shape], expected, rtol=1e-9, atol=1e-12)


def test_the_seeds_page_learns(capsys):
    rung(0).main(steps=300)
    shown = capsys.readouterr().out.rpartition(": ")[2].strip("%\n")
    assert float(shown) > 93
