"""Pictures of a trace: what stands behind the artists are the trace's own arrays."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

import glassnet as gn
from glassnet import plots
from glassnet.nn import find_evidence

SMALL = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})


@pytest.fixture(scope="module")
def trace(trained, digits):
    """Of one digit."""
    network, _, _ = trained
    return network.trace(digits.flat[:1] / np.float32(16), digits.labels[:1], learning_rate=0.1)


@pytest.fixture(scope="module")
def batch():
    """Three samples through two hidden layers with everything that stands between them."""
    rng = np.random.default_rng(0)
    network = gn.mlp(6, 8, 5, 3, activation="tanh", batch_norm=True, dropout=0.2, seed=0)
    X = rng.normal(size=(3, 6)).astype(np.float32)
    return network.trace(X, np.array([0, 2, 1]), learning_rate=0.5)


def maps(fig):
    return [image for ax in fig.axes for image in ax.images]


def drawn_bars(fig):
    """The numbers behind all bars."""
    return [c.get_array() for ax in fig.axes for c in ax.collections if isinstance(c, PolyCollection)]


def shows(arrays, wanted):
    return any(a is not None and a.shape == wanted.shape and np.array_equal(a, wanted) for a in arrays)


@pytest.mark.parametrize("name", ["trace", "batch"])
def test_forward_shows_weights_and_what_each_step_gave(name, request, text):
    trace = request.getfixturevalue(name)
    sample = len(trace.X) - 1
    fig = plots.forward_pass(trace, sample)
    written = text(fig)
    for layer in trace.layers:
        assert shows([image.get_array() for image in maps(fig)], layer.W)
        assert shows(drawn_bars(fig), layer.A[sample])
        assert f"{layer.name}: W {layer.W.shape}" in written
    assert "Z = X W + b" in written
    assert f"{trace.loss_before:.4g}" in written


def test_classes_learned_one_by_one_are_still_classes(text, digits):
    """Ten yes-or-no outputs with a class as the target: it says the class, not ten numbers."""
    network = gn.mlp(64, 8, 10, loss="log_loss", seed=0)
    trace = network.trace(digits.flat[:1] / np.float32(16), digits.labels[:1])
    assert "it is “" in text(plots.forward_pass(trace, image_shape=(8, 8)))


def test_of_many_numbers_only_a_few_are_told(text):
    network = gn.mlp(4, 12, loss="mse", seed=0)
    trace = network.trace(np.ones((1, 4), np.float32), np.full((1, 12), 7.25, np.float32))
    written = text(plots.forward_pass(trace))
    assert written.count("7.25") == 3
    assert "…" in written


def test_all_weights_of_a_pass_share_one_scale_around_zero(trace):
    for fig in (plots.forward_pass(trace, 0), plots.weight_update(trace)):
        norms = {id(image.norm): image.norm for image in maps(fig) if hasattr(image.norm, "linthresh")}
        greatest = max(np.abs(layer.W).max() for layer in trace.layers)
        weights = [norm for norm in norms.values() if norm.vmax >= 0.99 * greatest]
        assert len(weights) == 1
        assert weights[0].vmin == -weights[0].vmax


def test_the_input_of_a_digit_is_its_image(trace, digits):
    fig = plots.forward_pass(trace, 0, image_shape=(8, 8))
    assert shows([image.get_array() for image in maps(fig)], trace.X[0].reshape(8, 8))


@pytest.mark.parametrize("name", ["trace", "batch"])
def test_backward_shows_every_derivative_and_its_length(name, request, text):
    trace = request.getfixturevalue(name)
    fig = plots.backward_pass(trace)
    arrays = [image.get_array() for image in maps(fig)]
    for layer in trace.layers:
        assert shows(arrays, layer.dW)
        assert shows(drawn_bars(fig), layer.db)
        assert shows(drawn_bars(fig), layer.dZ[0]) if len(trace.X) == 1 else shows(arrays, layer.dZ)
        assert f"‖dW‖ = {np.linalg.norm(layer.dW):.3g}" in text(fig)
    lengths = next(ax for ax in fig.axes if ax.get_yscale() == "log")
    for line, letter in zip(lengths.lines, ("dZ", "dW", "db"), strict=True):
        wanted = [np.linalg.norm(getattr(layer, letter)) for layer in trace.layers]
        np.testing.assert_allclose(line.get_ydata(), wanted, rtol=1e-6)


@pytest.mark.parametrize("name", ["trace", "batch"])
def test_the_update_shows_before_step_after_and_both_losses(name, request, text):
    trace = request.getfixturevalue(name)
    fig = plots.weight_update(trace)
    arrays = [image.get_array() for image in maps(fig)]
    for layer in trace.layers:
        for wanted in (layer.W, layer.W_updated, layer.W_updated - layer.W):
            assert shows(arrays, wanted)
    losses = [patch.get_width() for patch in fig.axes[0].patches]
    assert losses == [trace.loss_before, trace.loss_after]
    assert "the loss falls" in text(fig)


def test_the_histogram_of_an_update_counts_every_parameter(trace):
    fig = plots.weight_update(trace)
    counted = [int(patch.get_data().values.sum()) for ax in fig.axes for patch in ax.patches
               if hasattr(patch, "get_data")]  # fmt: skip
    assert counted == [layer.W.size + layer.b.size for layer in trace.layers]


def test_an_activation_is_drawn_with_its_derivative():
    fig = plots.activation_functions(["relu", "tanh"])
    relu, tanh = fig.axes
    z, a = (np.asarray(x) for x in (relu.lines[2].get_xdata(), relu.lines[2].get_ydata()))
    np.testing.assert_array_equal(a, np.maximum(z, 0))
    z, slope = (np.asarray(x) for x in (tanh.lines[3].get_xdata(), tanh.lines[3].get_ydata()))
    np.testing.assert_allclose(slope, 1 - np.tanh(z) ** 2, atol=1e-6)
    assert len(plots.activation_functions().axes) >= 10


def test_of_a_trace_an_activation_tells_what_it_took_and_gave(batch, text):
    fig = plots.activation_functions(trace=batch)
    steps = [step for layer in batch.layers for step in layer.steps if step.kind in ("Tanh", "Softmax")]
    counts = [patch.get_data().values.sum() for ax in fig.axes for patch in ax.patches]
    assert counts == [n for step in steps for n in (step.input.size, step.output.size)]
    assert "3 samples" in text(fig)


@pytest.mark.parametrize("names", [["softmax"], ["swish"], []])
def test_what_is_no_curve_is_refused(names, batch):
    with pytest.raises(ValueError, match="no curve is called"):
        plots.activation_functions(names)
    with pytest.raises(ValueError, match="not both"):
        plots.activation_functions(["relu"], trace=batch)


def test_an_affine_map_has_no_activation(text):
    network = gn.Network([gn.Dense(3, 1)], loss="mse", seed=0)
    trace = network.trace(np.ones((1, 3), np.float32), np.ones(1, np.float32))
    assert "no activations" in text(plots.activation_functions(trace=trace))


def test_the_architecture_names_layers_shapes_and_counts(batch, text):
    network = gn.mlp(784, 1000, 30, 10, batch_norm=True, dropout=0.2, seed=0)
    written = text(plots.architecture(network, image_shape=(28, 28), class_names=list("abcdefghij")))
    for words in ("784 numbers", "28 × 28", "1,000 units", "992 more", "W 784 × 1,000", "= 785,000",
                  "dropout 20 %", "BatchNorm", "ReLU", "Softmax", f"{network.n_parameters:,}"):  # fmt: skip
        assert words in written
    assert "j" in written.split("\n")


def test_a_unit_is_drawn_for_each_neuron_of_a_small_network():
    from matplotlib.collections import EllipseCollection

    fig = plots.architecture(gn.mlp(4, 6, 3, seed=0))
    units = [len(c.get_offsets()) for c in fig.axes[0].collections if isinstance(c, EllipseCollection)]
    assert units == [4, 6, 3]


def test_first_layer_weights_are_ordered_by_importance_on_one_scale(trained):
    network, _, _ = trained
    W, out = network.layers[0].W, network.layers[2].W
    order = np.argsort(-np.linalg.norm(W, axis=0) * np.linalg.norm(out, axis=1), kind="stable")
    fig = plots.first_layer_weights(network, image_shape=(8, 8))
    (image,) = fig.axes[0].images
    mosaic = image.get_array()
    np.testing.assert_array_equal(mosaic[2:10, :8], W[:, order[0]].reshape(8, 8))
    assert image.norm.vmax == -image.norm.vmin == np.abs(W).max()
    assert [t.get_text() for t in fig.axes[0].texts] == [str(k) for k in order]


def test_features_are_rows_and_units_columns():
    network = gn.mlp(4, 6, 3, seed=0)
    fig = plots.first_layer_weights(network, feature_names=["a", "b", "c", "d"])
    order = [int(t.get_text()) for t in fig.axes[0].get_xticklabels()]
    np.testing.assert_array_equal(fig.axes[0].images[0].get_array(), network.layers[0].W[:, order])
    assert [t.get_text() for t in fig.axes[0].get_yticklabels()] == ["a", "b", "c", "d"]


def test_a_network_of_one_layer_shows_its_outputs(text):
    network = gn.mlp(9, 3, seed=0)
    assert "outputs look for" in text(plots.first_layer_weights(network, image_shape=(3, 3)))


def test_evidence_adds_up_to_the_logits(trained, digits, text):
    network, _, _ = trained
    found = find_evidence(network, digits.flat[0] / np.float32(16))
    fig = plots.evidence(found, image_shape=(8, 8))
    best, second = found.ranking[:2]
    first, next_one, difference = (ax.images[0].get_array() for ax in fig.axes[1:4])
    for image, k in ((first, best), (next_one, second)):
        assert abs(image.sum() + found.bias[k] - found.logits[k]) < 1e-4
    np.testing.assert_allclose(difference, first - next_one, atol=1e-6)
    limits = {(ax.images[0].norm.vmin, ax.images[0].norm.vmax) for ax in fig.axes[1:4]}
    assert len(limits) == 1
    (low, high) = limits.pop()
    assert low == -high
    assert f"= difference {found.logits[best] - found.logits[second]:.4g}" in text(fig)


def test_evidence_of_a_smooth_network_is_called_by_its_name(text):
    network = gn.mlp(4, 6, 3, activation="tanh", seed=0)
    found = find_evidence(network, np.ones(4, np.float32))
    written = text(plots.evidence(found, feature_names=list("abcd"), class_names=["x", "y", "z"]))
    assert "gradient × input" in written
    assert "not exact" in written
    assert "unexplained" in written


def test_the_flow_of_gradients_is_the_historys(digits):
    network = gn.mlp(64, 12, 8, 10, seed=0)
    history = gn.fit(network, digits, optimizer=gn.Adam(0.01), epochs=4, batch_size=64, monitor=True)
    fig = plots.gradient_flow(history)
    lengths, steps, dead = fig.axes[:3]
    for ax, kind in ((lengths, "gradient_norm"), (steps, "update_norm")):
        columns = [column for column in history.records[0] if column.startswith(f"{kind}/")]
        assert [line.get_label() for line in ax.lines] == [column.split("/")[1] for column in columns]
        for line, column in zip(ax.lines, columns, strict=True):
            np.testing.assert_array_equal(line.get_ydata(), history.column(column))
    np.testing.assert_allclose(dead.lines[0].get_ydata(), 100 * history.column("dead/1"))


@SMALL
def test_forward_pass_looks(trace):
    return plots.forward_pass(trace, 0, image_shape=(8, 8))


@SMALL
def test_backward_pass_looks(batch):
    return plots.backward_pass(batch)


@SMALL
def test_weight_update_looks(trace):
    return plots.weight_update(trace)


@SMALL
def test_activation_functions_looks(batch):
    return plots.activation_functions(trace=batch)


@SMALL
def test_architecture_looks():
    return plots.architecture(
        gn.mlp(784, 30, 12, 10, dropout=0.2, batch_norm=True, seed=0), image_shape=(28, 28)
    )


@SMALL
def test_first_layer_weights_looks(trained):
    return plots.first_layer_weights(trained[0], image_shape=(8, 8))


@SMALL
def test_evidence_looks(trained, digits):
    return plots.evidence(find_evidence(trained[0], digits.flat[0] / np.float32(16)), image_shape=(8, 8))


@SMALL
def test_gradient_flow_looks(digits):
    network = gn.mlp(64, 12, 8, 10, seed=0)
    return plots.gradient_flow(
        gn.fit(network, digits, optimizer=gn.Adam(0.01), epochs=4, batch_size=64, monitor=True)
    )
