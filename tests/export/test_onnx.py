"""A model as ONNX gives the same answers in another runtime."""

import sys

import numpy as np
import onnx
import onnxruntime
import pytest

import glassnet as gn
from glassnet.data import Preparation
from glassnet.export import OPSET, write_onnx
from glassnet.nn.activation import activation_layer, elementwise_names

ACTIVATIONS = [*map(activation_layer, elementwise_names()), gn.LeakyReLU(0.2), gn.ELU(0.7)]


def answers(path, pixels):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {"pixels": pixels})[0]


def same(model, pixels, tmp_path):
    write_onnx(model, tmp_path / "model.onnx")
    given = answers(tmp_path / "model.onnx", pixels)
    np.testing.assert_allclose(given, model.predict_proba(pixels), atol=1e-5)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=repr)
def test_every_activation(activation, rng, tmp_path):
    network = gn.Network([gn.Dense(36, 20), activation, gn.Dense(20, 4), gn.Softmax()], seed=0)
    network.theta[...] *= 2
    model = gn.Model(network, Preparation("unit", 0.0, 1 / 255), list("abcd"), (6, 6))
    same(model, rng.integers(0, 256, (1000, 6, 6), np.uint8), tmp_path)


def test_pictures_as_numbers_stay_numbers(rng, tmp_path):
    """A model that learned from pixels up to 1 takes such, and whole numbers are refused by the runtime."""
    model = gn.Model(gn.mlp(36, 8, 4, seed=0), Preparation(), list("abcd"), (6, 6))
    same(model, rng.random((100, 6, 6), np.float32), tmp_path)


def test_normalisation_and_dropout(rng, tmp_path):
    network = gn.mlp(9, 12, 12, 3, batch_norm=True, dropout=0.3, seed=0)
    data = gn.Dataset(rng.normal(size=(300, 9)).astype(np.float32), rng.integers(0, 3, 300))
    gn.fit(network, data, optimizer=gn.Adam(0.01), epochs=2)  # statistics that are not 0 and 1
    model = gn.Model(network, Preparation.fit(data, "standard"), list("abc"))
    same(model, data.images, tmp_path)


@pytest.mark.parametrize(
    ("outputs", "loss", "output"),
    [
        (1, "log_loss", "sigmoid"),
        (1, "mse", "sigmoid"),
        (3, "log_loss", "sigmoid"),
        (2, "mse", "identity"),
        (3, "mse", "softmax"),
    ],
)
def test_every_kind_of_answer(outputs, loss, output, rng, tmp_path):
    network = gn.mlp(5, 8, outputs, loss=loss, output=output, seed=0)
    names = ["no", "yes"] if outputs == 1 else None
    same(gn.Model(network, Preparation(), names), rng.normal(size=(50, 5)).astype(np.float32), tmp_path)


def test_counts_are_counts(rng, tmp_path):
    model = gn.Model(gn.mlp(5, 8, 1, loss="poisson", seed=0), Preparation())
    model.to_onnx(tmp_path / "model.onnx")
    rows = rng.normal(size=(50, 5)).astype(np.float32)
    np.testing.assert_allclose(answers(tmp_path / "model.onnx", rows), model.predict(rows), rtol=1e-5)


def test_the_shipped_model_reads_mnist_in_onnxruntime(mnist, tmp_path):
    images = mnist[1].images[:1000]
    same(gn.pretrained(), images, tmp_path)
    one = answers(tmp_path / "model.onnx", images[:1])
    assert one.shape == (1, 10)


def test_names_are_the_textbooks_and_the_checker_is_content(tmp_path):
    model = gn.Model(gn.mlp(4, 3, 2, seed=0), Preparation("unit", 0.5, 2.0), ["a", "b"])
    model.to_onnx(tmp_path / "model.onnx")
    proto = onnx.load(tmp_path / "model.onnx")
    onnx.checker.check_model(proto, full_check=True)
    assert proto.opset_import[0].version == OPSET
    assert {weight.name for weight in proto.graph.initializer} == {
        "0.W",
        "0.b",
        "2.W",
        "2.b",
        "offset",
        "scale",
    }
    assert [node.output[0] for node in proto.graph.node] == [
        "pixels - offset", "X", "0.Z", "1.A", "2.Z", "3.A", "probabilities",
    ]  # fmt: skip
    assert {entry.key: entry.value for entry in proto.metadata_props} == {"class_names": '["a", "b"]'}


def test_without_the_package_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(gn.MissingExtraError, match=r"pip install 'glassnet\[export\]'"):
        write_onnx(gn.pretrained(), tmp_path / "model.onnx")
    assert not list(tmp_path.iterdir())
