"""The walkthrough: every number in it is the trace's, every formula the one that was computed."""

import numpy as np
import pytest

from glassnet import nn
from glassnet.explain import Names, Step, number, walkthrough
from glassnet.explain.blocks import blocks
from glassnet.explain.formulas import formula, layer_of
from glassnet.explain.forward import loss_terms
from glassnet.explain.steps import chosen
from glassnet.maths.softmax import softmax

CASES = {
    "one layer": {"sizes": (16, 3)},
    "wide": {"sizes": (16, 200, 3)},
    "six layers, sigmoid": {"sizes": (16, 7, 6, 5, 6, 7, 3), "activation": "sigmoid"},
    "all kinds": {"sizes": (16, 20, 3), "activation": "leaky_relu", "batch_norm": True, "dropout": 0.4},
    "one output": {"sizes": (16, 5, 1), "loss": "log_loss"},
    "several questions": {"sizes": (16, 5, 3), "loss": "log_loss"},
    "mse on softmax": {"sizes": (16, 5, 3), "loss": "mse", "output": "softmax"},
    "counts": {"sizes": (16, 5, 3), "loss": "poisson"},
    "penalties": {"sizes": (16, 5, 3), "l1": 0.01, "l2": 0.01},
    "smoothed": {"sizes": (16, 5, 3), "label_smoothing": 0.1},
    "cross-entropy on a sigmoid": {"sizes": (16, 5, 3), "output": "sigmoid"},
    "log-loss on a softmax": {"sizes": (16, 5, 3), "output": "softmax", "loss": "log_loss"},
}


def traced(case, rng, N=1, training=False, rate=0.1):
    how = {"dtype": "float64", "seed": 1, **CASES[case]}
    sizes = how.pop("sizes")
    net = nn.mlp(*sizes, **how)
    X = np.maximum(rng.normal(size=(N, 16)), 0)
    y = rng.integers(2, size=N)
    if case == "several questions":
        y = rng.integers(2, size=(N, 3)).astype(float)
    return net.trace(X, y, learning_rate=rate, training=training)


def titled(steps, title) -> Step:
    (found,) = [step for step in steps if step.title == title]
    return found


def columns(step, n):
    """The last n columns of a table, and the units its rows belong to."""
    units = [row[0] for row in step.table.rows]
    return units, [np.array([row[i] for row in step.table.rows]) for i in range(-n, 0)]


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_forward_numbers_are_the_traces(case, training, rng):
    trace = traced(case, rng, N=3, training=training)
    steps = walkthrough(trace, 2)
    for layer in trace.layers:
        units, (products, b, Z) = columns(titled(steps, f"{layer.name}: weighted sums"), 3)
        units = [int(j) for j in units]
        np.testing.assert_array_equal(Z, layer.Z[2, units])
        np.testing.assert_array_equal(b, layer.b[units])
        np.testing.assert_allclose(products + b, Z)
        for step in layer.steps[1:]:
            told = titled(steps, f"{layer.name}: {step.description}")
            if step.kind == "Dropout" and not training:
                assert told.table is None and told.formula == "D = A"
                continue
            units, (last,) = columns(told, 1)
            np.testing.assert_array_equal(last, step.output[2, [int(j) for j in units]])


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_backward_numbers_are_the_traces(case, training, rng):
    trace = traced(case, rng, training=training)
    steps = walkthrough(trace)
    for layer in trace.layers:
        told = titled(steps, f"{layer.name}: what each weight did")
        for name, X, dZ, dW in told.table.rows:
            i, j = (int(index) for index in name[2:].split("]")[0].split(","))
            assert (X, dZ, dW) == (layer.X[0, i], layer.dZ[0, j], layer.dW[i, j])
            if case != "penalties":
                assert X * dZ == pytest.approx(dW)
        assert abs(told.table.rows[0][-1]) == np.abs(layer.dW).max()
        assert ("penalty" in " ".join(told.text)) == (case == "penalties")
        assert f"‖dW‖ = {number(np.linalg.norm(layer.dW))} " in " ".join(told.text)
        for step in layer.steps[1:]:
            told = [s for s in steps if s.title == f"{layer.name}: back through {step.description}"]
            if step.d_output is None or (step.kind == "Dropout" and not training):
                assert not told
                continue
            units, (gave,) = columns(told[0], 1)
            units = [int(j) for j in units]
            np.testing.assert_array_equal(gave, step.d_input[0, units])
            np.testing.assert_array_equal([r[1] for r in told[0].table.rows], step.d_output[0, units])
            if "∂" in told[0].table.columns[-2]:  # the chain rule, multiplied out
                slopes = np.array([r[-2] for r in told[0].table.rows])
                np.testing.assert_allclose(slopes * step.d_output[0, units], gave, atol=1e-15)


@pytest.mark.parametrize("case", CASES)
def test_loss_terms_sum_to_the_loss(case, rng):
    trace = traced(case, rng)
    told = [step for step in walkthrough(trace) if step.title.startswith("The loss: ")]
    _, (Y, A, terms) = columns(told[0], 3)
    np.testing.assert_array_equal(A, trace.A[0])
    np.testing.assert_array_equal(Y, trace.Y[0])
    if case == "penalties":
        assert terms.sum() < trace.loss_before
        assert f"penalty, {number(trace.loss_before - terms.sum())}" in told[0].text[-1]
    else:
        assert terms.sum() == pytest.approx(trace.loss_before)


def test_a_loss_too_large_for_its_probability(rng):
    net = nn.mlp(2, 2, dtype="float64")
    net.layers[0].W[...] = [[1e4, -1e4], [0, 0]]
    assert loss_terms(net.trace([[1.0, 0]], [1]), 0).sum() == 2e4


def test_the_output_error_is_answer_minus_truth(rng):
    trace = traced("wide", rng)
    told = titled(walkthrough(trace), "Backwards: the error at the output, dZ")
    _, (A, Y, dZ) = columns(told, 3)
    np.testing.assert_array_equal(dZ, A - Y)
    assert told.formula == "dZ = ∂loss/∂Z = (A − Y)"
    told = titled(walkthrough(traced("mse on softmax", rng, N=4)), "Backwards: the error at the output, dA")
    assert told.formula == "dA = ∂loss/∂A = (2 (A − Y) / K) / 4"
    _, (A, Y, dA) = columns(told, 3)
    np.testing.assert_allclose(dA, 2 * (A - Y) / 3 / 4)


@pytest.mark.parametrize("case", CASES)
def test_update_and_what_came_of_it(case, rng):
    trace = traced(case, rng, rate=0.05)
    steps = walkthrough(trace)
    told = titled(steps, "The update")
    rows = {row[0].rpartition("[")[0]: row for row in told.table.rows}
    assert len(rows) == sum(len(step.parameters) for step in trace.steps)
    for layer in trace.layers:
        name, before, gradient, change, after = rows[f"{layer.name}: W"]
        where = tuple(int(i) for i in name.partition("[")[2][:-1].split(","))
        assert (before, after) == (layer.W[where], layer.W_updated[where])
        assert gradient == layer.dW[where] and change == after - before
        assert change == pytest.approx(-0.05 * gradient)
        assert abs(change) == np.abs(layer.W_updated - layer.W).max()
    told = titled(steps, "The loss after the update")
    assert told.formula == f"loss: {number(trace.loss_before)} → {number(trace.loss_after)}"
    _, (before, after, _) = columns(told, 3)
    np.testing.assert_array_equal(before, trace.A[0])
    np.testing.assert_array_equal(after, trace.A_after[0])


def test_what_is_said_of_the_step_is_true(rng):
    net = nn.mlp(4, 3, 2, loss="mse")
    X, y = rng.normal(size=(1, 4)), rng.normal(size=(1, 2))
    said = {rate: walkthrough(net.trace(X, y, rate))[-1].text[0] for rate in (0.01, 0.0, 1e4)}
    assert said[0.01].startswith("It fell by ")
    assert said[0.0] == "It stays the same."
    assert said[1e4].startswith("It rose by ") and "smaller learning rate" in said[1e4]


def test_many_units_are_counted(rng):
    trace = traced("wide", rng)
    told = titled(walkthrough(trace), "hidden 1: ReLU()")
    A = trace.layers[0].A[0]
    shown = [int(row[0]) for row in told.table.rows]
    assert shown[:3] == [0, 1, 2] and len(shown) == 8
    assert set(shown) >= set(np.argsort(-A)[:5].tolist()) - {0, 1, 2}
    others = np.delete(A, shown)
    assert told.table.rest == (
        f"192 further units: from 0 to {number(others.max())}, {np.sum(others == 0)} of them exactly 0"
    )
    assert told.text == (f"{np.sum(A > 0)} of 200 units are active, {np.sum(A == 0)} are silent.",)
    assert chosen(np.zeros(3)) == ([0, 1, 2], "")


def test_classes_and_features_by_name(rng):
    trace = traced("one layer", rng)
    steps = walkthrough(
        trace, class_names=["cat", "dog", "bird"], feature_names=[f"length {i}" for i in range(16)]
    )
    k = int(trace.y[0])
    assert steps[0].title == f"The input: it is “{['cat', 'dog'][k]}”"
    assert steps[0].picture[3].startswith("length 3 ")
    assert [row[0] for row in titled(steps, "output: Softmax()").table.rows] == ["cat", "dog", "bird"]
    best = int(np.argmax(trace.A[0]))
    sure = f"The answer: “{['cat', 'dog', 'bird'][best]}”, {100 * trace.A[0, best]:.1f} % sure."
    assert titled(steps, "The loss: cross-entropy").text[0] == sure


def test_one_output_speaks_for_class_1(rng):
    trace = traced("one output", rng)
    steps = walkthrough(trace, class_names=["no", "yes"])
    told = titled(steps, "The loss: log-loss")
    assert told.table.rows[0][0] == "yes"
    p = trace.A[0, 0]
    sure = f"“yes”, {100 * p:.1f} %" if p > 0.5 else f"“no”, {100 * (1 - p):.1f} %"
    assert told.text[0] == f"The answer: {sure} sure."


def test_a_regression_has_no_classes(rng):
    net = nn.mlp(4, 3, 2, loss="mse")
    steps = walkthrough(net.trace(rng.normal(size=(1, 4)), rng.normal(size=(1, 2))))
    assert steps[0].title == "The input"
    assert any(text.startswith("The answer: ") and "sure" not in text for text in steps[-1].text)


def test_blocks():
    picture = blocks(np.array([0, 0.3, 0.5, 1]), Names(image_shape=(2, 2)))
    assert picture == ("  ░░", "▒▒██")
    assert blocks(np.zeros(4), Names(image_shape=(2, 2))) == ("    ", "    ")
    bars = blocks(np.arange(50.0), Names())
    assert len(bars) == 41 and bars[-1] == "… and 10 more"
    assert bars[0] == "feature 0   0"


@pytest.mark.parametrize("name", nn.ACTIVATIONS)
def test_every_activation_has_its_formula_and_is_found_again(name):
    layer = nn.ACTIVATIONS[name]()
    net = nn.Network([nn.Dense(3, 4), layer, nn.Dense(4, 2), nn.Softmax()])
    step = net.trace(np.ones((1, 3)), [0]).steps[1]
    found = layer_of(step)
    assert repr(found) == repr(layer)
    np.testing.assert_array_equal(found.forward(step.input, training=False), step.output)
    assert "{" not in formula(found)


def test_softmax_is_written_out(rng):
    trace = traced("wide", rng)
    told = titled(walkthrough(trace), "output: Softmax()")
    _, (Z, powers, A) = columns(told, 3)
    np.testing.assert_allclose(powers / powers.sum(), A)
    np.testing.assert_allclose(softmax(Z), A)


@pytest.mark.parametrize("case", CASES)
def test_each_step_carries_the_arrays_of_its_formula(case, rng):
    trace = traced(case, rng)
    for step in walkthrough(trace):
        assert step.arrays, step.title
        for letter, array in step.arrays:
            name, _, layer = letter.partition(", ")
            if not layer and letter in step.shapes.replace("(", " ").split():
                assert f"{name} {array.shape}" in step.shapes
    sums = titled(walkthrough(trace), trace.layers[0].name + ": weighted sums")
    assert dict(sums.arrays)["W"] is trace.layers[0].W
