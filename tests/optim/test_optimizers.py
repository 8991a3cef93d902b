"""Optimisers against their papers' lines."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from glassnet import optim
from glassnet.optim import optimizer as base

spec = importlib.util.spec_from_file_location("textbook", Path(__file__).parents[1] / "textbook.py")
textbook = importlib.util.module_from_spec(spec)
spec.loader.exec_module(textbook)

SIZE = base.BLOCK + 1000  # more than one block
STEPS = 6
TWINS = {
    "GradientDescent": (optim.GradientDescent(0.1), lambda t, g: textbook.gradient_descent(t, g, 0.1)),
    "Momentum": (optim.Momentum(0.1, 0.8), lambda t, g: textbook.momentum(t, g, 0.1, 0.8)),
    "RMSProp": (optim.RMSProp(0.01, 0.8, 1e-3), lambda t, g: textbook.rmsprop(t, g, 0.01, 0.8, 1e-3)),
    "Adagrad": (optim.Adagrad(0.01, 1e-3), lambda t, g: textbook.adagrad(t, g, 0.01, 1e-3)),
    "Adam": (optim.Adam(0.01, 0.8, 0.9, 1e-3), lambda t, g: textbook.adam(t, g, 0.01, 0.8, 0.9, 1e-3)),
    "AdamW": (
        optim.AdamW(0.01, 0.8, 0.9, 1e-3, weight_decay=0.5),
        lambda t, g: textbook.adam(t, g, 0.01, 0.8, 0.9, 1e-3, 0.5, slice(0, 500)),
    ),
}
ALL = list(optim.OPTIMIZERS.values())


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-5)])
@pytest.mark.parametrize("name", TWINS)
def test_agrees_with_the_textbook(name, dtype, tolerance, rng):
    prototype, twin = TWINS[name]
    optimizer = type(prototype)(**{k: v for k, v in prototype.config().items() if k != "kind"})
    theta = rng.normal(size=SIZE)
    grads = rng.normal(size=(STEPS, SIZE))
    expected = twin(theta, grads)
    theta = theta.astype(dtype)
    grads = grads.astype(dtype)
    grads.flags.writeable = False
    for g in grads:
        optimizer.step(theta, g, decayed=slice(0, 500))
    assert theta.dtype == dtype
    np.testing.assert_allclose(theta, expected, rtol=tolerance, atol=tolerance)


def test_every_optimiser_has_a_twin():
    assert {kind.__name__ for kind in ALL} == {*TWINS, "Nesterov"}  # whose twin follows


@pytest.mark.parametrize("kind", [optim.Adam, optim.AdamW])
def test_the_vectors_are_the_paper_s(kind, rng):
    grads = rng.normal(size=(STEPS, 5))
    optimizer, theta = kind(beta1=0.8, beta2=0.9), rng.normal(size=5)
    m, v = np.zeros(5), np.zeros(5)
    for g in grads:
        optimizer.step(theta, g)
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g**2
    state = optimizer.state_dict()
    np.testing.assert_allclose(state["m"], m, rtol=1e-12)
    np.testing.assert_allclose(state["v"], v, rtol=1e-12)


def test_nesterov_stands_at_the_point_looked_ahead_to(rng):
    curvature = rng.uniform(0.1, 1, 8)
    start = rng.normal(size=8)
    theta = start.copy()
    optimizer = optim.Nesterov(0.3, 0.7)
    for _ in range(STEPS):
        optimizer.step(theta, curvature * theta)
    expected = textbook.nesterov(start, lambda x: curvature * x, STEPS, 0.3, 0.7)
    np.testing.assert_allclose(theta, expected, rtol=1e-12)


@pytest.mark.parametrize("kind", ALL)
def test_state_goes_on_bit_for_bit(kind, rng):
    theta = rng.normal(size=50).astype(np.float32)
    grads = rng.normal(size=(5, 50)).astype(np.float32)
    one, whole = kind(), theta.copy()
    for g in grads:
        one.step(whole, g)
    first, second, parts = kind(), kind(), theta.copy()
    assert first.state_dict() == {}
    second.load_state_dict({})
    for g in grads[:2]:
        first.step(parts, g)
    second.load_state_dict(first.state_dict())
    for g in grads[2:]:
        second.step(parts, g)
    np.testing.assert_array_equal(parts, whole)


def test_state_is_a_copy(rng):
    optimizer = optim.Adam()
    theta = rng.normal(size=5)
    optimizer.step(theta, theta.copy())
    state = optimizer.state_dict()
    before = state["m"].copy()
    optimizer.step(theta, theta.copy())
    np.testing.assert_array_equal(state["m"], before)


def test_another_optimiser_s_state_is_refused(rng):
    adam = optim.Adam()
    adam.step(np.zeros(3), np.ones(3))
    with pytest.raises(ValueError, match="Momentum needs"):
        optim.Momentum().load_state_dict(adam.state_dict())


def test_a_schedule_s_rate_is_used_for_that_step_only():
    optimizer = optim.GradientDescent(0.5)
    theta = np.zeros(1)
    optimizer.step(theta, np.ones(1), learning_rate=0.25)
    optimizer.step(theta, np.ones(1))
    assert theta == [-0.75]


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (lambda: optim.Adam(0), "learning_rate"),
        (lambda: optim.Adam(float("nan")), "learning_rate"),
        (lambda: optim.Momentum(0.1, 1.0), "momentum"),
        (lambda: optim.Adam(beta1=1), "beta1"),
        (lambda: optim.Adam(beta2=-0.1), "beta2"),
        (lambda: optim.Adam(epsilon=0), "epsilon"),
        (lambda: optim.AdamW(weight_decay=-1), "weight_decay"),
        (lambda: optim.RMSProp(rho=1), "rho"),
        (lambda: optim.RMSProp(epsilon=0), "epsilon"),
        (lambda: optim.Adagrad(epsilon=-1), "epsilon"),
        (lambda: optim.MovingAverage(1.0), "decay"),
        (lambda: optim.StepDecay(every=0), "every"),
        (lambda: optim.StepDecay(gamma=2), "gamma"),
        (lambda: optim.Exponential(0), "final"),
        (lambda: optim.Cosine(-1), "final"),
        (lambda: optim.OneCycle(warmup=1), "warmup"),
        (lambda: optim.OneCycle(start=2), "start"),
        (lambda: optim.OneCycle(final=2), "final"),
        (lambda: optim.WarmUp(0), "fraction"),
    ],
)
def test_a_parameter_out_of_range_is_named(build, name):
    with pytest.raises(ValueError, match=f"{name} must be"):
        build()


def test_abstract_ones_say_so():
    with pytest.raises(TypeError, match="how to step"):
        base.Optimizer(0.1).step(np.zeros(1), np.zeros(1))
    with pytest.raises(TypeError, match="factor"):
        optim.Schedule()(0.0)


def test_repr_is_the_constructor_s_call():
    text = repr(optim.AdamW(0.1))
    assert text == "AdamW(learning_rate=0.1, beta1=0.9, beta2=0.999, epsilon=1e-08, weight_decay=0.01)"


@pytest.mark.parametrize("kind", [optim.Momentum, optim.Adam, optim.RMSProp])
def test_what_decays_ends_at_nought_not_in_denormal_numbers(kind):
    optimizer = kind()
    theta = np.ones(4, np.float32)
    optimizer.step(theta, np.full(4, 1e-3, np.float32))
    for _ in range(2000):
        optimizer.step(theta, np.zeros(4, np.float32))
        for name, vector in optimizer.state_dict().items():
            assert name == "t" or ((vector == 0) | (np.abs(vector) > np.finfo(np.float32).tiny)).all()
