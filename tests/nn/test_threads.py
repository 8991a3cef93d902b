"""Many threads may ask one network at once: without training, nothing in its layers changes."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from glassnet import nn

THREADS = 8


def network(**how):
    """One with every kind of layer, after a few steps of training."""
    net = nn.mlp(30, 40, 20, 4, batch_norm=True, dropout=0.3, seed=1, **how)
    rng = np.random.default_rng(0)
    X, y = rng.normal(1, 2, size=(32, 30)).astype("float32"), rng.integers(4, size=32)
    for _ in range(3):
        net.step_gradients(X, y)
        net.theta -= 0.05 * net.grad
    return net


def predict(net, x):
    return (net.forward(x[np.newaxis]),)


def find_evidence(net, x):
    found = nn.find_evidence(net, x)
    return found.logits, found.weights, found.contributions, found.bias


def trace(net, x, training=False):
    trace = net.trace(x[np.newaxis].repeat(3, axis=0), np.array([0, 1, 2]), training=training)
    arrays = [array for step in trace.steps for array in (step.input, step.output, *step.updated.values())]
    return [*arrays, trace.A_after, trace.loss_before, trace.loss_after]


def trace_of_training(net, x):
    return trace(net, x, training=True)


def evaluate(net, x):
    return (net.evaluate_loss(x[np.newaxis], [1]),)


@pytest.fixture
def eager_threads():
    """Threads that take turns some thousand times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("eager_threads")
@pytest.mark.parametrize("activation", ["relu", "gelu"])  # exact evidence, and gradient × input
@pytest.mark.parametrize("ask", [predict, evaluate, find_evidence, trace, trace_of_training])
def test_eight_threads_are_answered_as_one_is(ask, activation, rng):
    net = network(activation=activation)
    inputs = rng.normal(1, 2, size=(64, 30)).astype("float32")
    expected = [ask(net, x) for x in inputs]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda x: ask(net, x), inputs))
    for found, alone in zip(answers, expected, strict=True):
        for a, b in zip(found, alone, strict=True):
            np.testing.assert_array_equal(a, b)


def test_all_kinds_of_question_at_once(rng, eager_threads):
    net = network()
    questions = [
        (ask, x)
        for x in rng.normal(1, 2, size=(16, 30)).astype("float32")
        for ask in (predict, find_evidence, trace, trace_of_training)
    ]
    expected = [ask(net, x) for ask, x in questions]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(lambda question: question[0](net, question[1]), questions))
    for found, alone in zip(answers, expected, strict=True):
        for a, b in zip(found, alone, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("ask", [predict, evaluate, find_evidence, trace, trace_of_training])
def test_a_question_changes_nothing_in_the_layers_and_reads_no_buffer(ask, rng):
    net = network()
    x = rng.normal(1, 2, size=30).astype("float32")
    expected = ask(net, x)
    for layer in net.layers:
        for array in layer.buffers.values():
            array[...] = np.nan  # whoever reads an idle buffer would see it
    before = [dict(vars(layer)) for layer in net.layers]
    for a, b in zip(ask(net, x), expected, strict=True):
        np.testing.assert_array_equal(a, b)
    for layer, held in zip(net.layers, before, strict=True):
        assert vars(layer).keys() == held.keys()
        assert all(vars(layer)[name] is value for name, value in held.items())
        assert all(np.isnan(array).all() for array in layer.buffers.values())


@pytest.mark.parametrize("ask", [predict, evaluate, find_evidence, trace, trace_of_training])
def test_a_question_between_forward_and_backward_does_not_disturb_them(ask, rng):
    net, twin = network(), network()
    X, y = rng.normal(size=(9, 30)).astype("float32"), rng.integers(4, size=9)
    twin.step_gradients(X, y)
    batch = net.forward_pass(X, y, training=True)
    ask(net, rng.normal(size=30).astype("float32"))
    net.backward_pass(batch)
    np.testing.assert_array_equal(net.grad, twin.grad)


def test_a_layer_remembers_at_inference_when_it_is_asked_to(rng):
    layer = nn.Tanh()
    Z, dA = rng.normal(size=(2, 5, 3))
    layer.forward(Z, remember=True)
    layer.forward(Z + 1)
    expected = dA * (1 - np.tanh(Z) ** 2)
    np.testing.assert_allclose(layer.backward(dA), expected)
