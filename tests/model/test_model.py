"""A model in one file: bit-exact both ways, and every bad file named."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

import glassnet as gn
from glassnet.data import Dataset, Preparation
from glassnet.errors import DataError, ModelFileError
from glassnet.model import Model, read_tensors, write_tensors
from glassnet.nn import BatchNorm, Dense, Network, ReLU, Softmax

UNIT = Preparation("unit", 0.0, 1 / 255)


@pytest.fixture
def pixels(rng):
    return rng.integers(0, 256, (9, 4, 4), np.uint8)


@pytest.fixture
def model(rng):
    network = gn.mlp(16, 8, 8, 3, activation="elu", dropout=0.2, batch_norm=True, seed=1, l2=1e-4)
    for _ in range(3):
        network.loss_and_gradients(rng.normal(size=(20, 16)), rng.integers(0, 3, 20))  # moves the statistics
    return Model(
        network, UNIT, ["a", "ß", "3"], (4, 4), {"recipe": {"epochs": 3}, "figures": {"accuracy": 0.9}}
    )


@pytest.fixture
def saved(model, tmp_path):
    model.save(tmp_path / "model.safetensors")
    return tmp_path / "model.safetensors"


def test_everything_comes_back_bit_for_bit(model, saved, pixels):
    again = Model.load(saved)
    np.testing.assert_array_equal(again.network.theta, model.network.theta)
    np.testing.assert_array_equal(again.network.state, model.network.state)
    assert again.network.state.size and not np.array_equal(
        again.network.state, gn.mlp(16, 8, 8, 3, batch_norm=True).state
    )
    np.testing.assert_array_equal(again.predict_proba(pixels), model.predict_proba(pixels))
    assert again.network.config() == model.network.config()
    assert again.preparation.config() == model.preparation.config()
    assert (again.class_names, again.image_shape) == (("a", "ß", "3"), (4, 4))
    assert again.metadata == model.metadata


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_odd_numbers_survive(tmp_path, dtype):
    network = gn.mlp(2, 2, dtype=dtype)
    network.theta[:4] = [-0.0, np.finfo(dtype).smallest_subnormal, np.finfo(dtype).max, 1 / 3]
    Model(network, UNIT).save(tmp_path / "m.safetensors")
    assert Model.load(tmp_path / "m.safetensors").network.theta.tobytes() == network.theta.tobytes()


def test_a_preparation_by_feature_survives(tmp_path, rng):
    data = Dataset(rng.normal(3.0, 2.0, (30, 4)), np.arange(30) % 2)
    preparation = Preparation.fit(data, "standard")
    model = Model(gn.mlp(4, 2, seed=0), preparation, data.class_names)
    model.save(tmp_path / "m.safetensors")
    found = Model.load(tmp_path / "m.safetensors").predict_proba(data.images)
    np.testing.assert_array_equal(found, model.predict_proba(data.images))


def test_a_run_folder_will_do(saved):
    assert Model.load(saved.parent).class_names == ("a", "ß", "3")


def test_the_file_says_what_it_is(saved):
    tensors, texts = read_tensors(saved)
    assert {"0.W", "0.b", "1.gamma", "1.running_mean"} <= set(tensors)
    facts = json.loads(texts["glassnet"])
    assert (facts["version"], facts["format"]) == (gn.__version__, 1)
    assert facts["architecture"]["layers"][0]["kind"] == "Dense"


def test_saving_replaces_in_one_piece(model, saved, monkeypatch):
    before = saved.read_bytes()

    def fail(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="disk full"):
        model.save(saved)
    assert saved.read_bytes() == before
    assert [file.name for file in saved.parent.iterdir()] == ["model.safetensors"]


# --- answers ---------------------------------------------------------------------------------------------


def test_who_may_read_files_may_read_a_model(saved):
    beside = saved.with_name("beside.txt")
    beside.write_text("as any other file", encoding="utf-8")
    assert saved.stat().st_mode == beside.stat().st_mode


def test_pictures_rows_and_a_single_picture_are_read_alike(model, pixels):
    expected = model.network.forward(pixels.reshape(9, 16) * np.float32(1 / 255))
    np.testing.assert_allclose(model.predict_proba(pixels), expected, rtol=1e-5)
    np.testing.assert_array_equal(model.predict_proba(pixels.reshape(9, 16)), model.predict_proba(pixels))
    np.testing.assert_array_equal(model.predict(pixels), expected.argmax(axis=1))
    assert model.predict(pixels[0]).shape == (1,)
    assert model.predict(pixels[:0]).shape == (0,)


def test_many_pictures_go_through_in_chunks(model, rng):
    many = rng.integers(0, 256, (5000, 4, 4), np.uint8)
    whole = model.network.forward(many.reshape(5000, 16) * np.float32(1 / 255))
    np.testing.assert_allclose(model.predict_proba(many), whole, rtol=1e-4, atol=1e-7)


def test_one_output_for_two_classes(pixels):
    model = Model(gn.mlp(16, 1, loss="log_loss", seed=0), UNIT, ["no", "yes"], (4, 4))
    P = model.predict_proba(pixels)
    assert P.shape == (9, 2)
    np.testing.assert_allclose(P.sum(axis=1), 1.0, rtol=1e-6)
    np.testing.assert_array_equal(model.predict(pixels), P.argmax(axis=1))


def test_several_questions_at_once(pixels):
    model = Model(gn.mlp(16, 3, loss="log_loss", seed=0), UNIT)
    np.testing.assert_array_equal(model.predict(pixels), model.predict_proba(pixels) > 0.5)


def test_a_regression_predicts_its_outputs(pixels):
    model = Model(gn.mlp(16, 2, loss="mse", seed=0), UNIT)
    np.testing.assert_array_equal(model.predict(pixels), model.predict_proba(pixels))


def test_counts_are_powers_of_e(pixels):
    model = Model(gn.mlp(16, 2, loss="poisson", seed=0), UNIT)
    np.testing.assert_allclose(model.predict(pixels), np.exp(model.predict_proba(pixels)))


def test_classes_with_the_squared_error(pixels):
    model = Model(gn.mlp(16, 3, loss="mse", output="softmax", seed=0), UNIT, ["a", "b", "c"])
    np.testing.assert_array_equal(model.predict(pixels), model.predict_proba(pixels).argmax(axis=1))


@pytest.mark.parametrize("shape", [(9, 5, 5), (9, 15), (16,), (9, 2, 8), (5, 4), ()])
def test_pictures_of_another_size(model, shape):
    with pytest.raises(DataError, match="reads samples of 4×4 pixels, not an array of shape"):
        model.predict(np.zeros(shape, np.uint8))


def test_features_of_another_number():
    with pytest.raises(DataError, match=r"reads samples of 3 numbers, not an array of shape \(2, 4\)"):
        Model(gn.mlp(3, 2), UNIT).predict(np.zeros((2, 4)))


def test_nan_in_a_sample_is_named(model):
    rows = np.ones((5, 16))
    rows[3, 2] = np.nan
    with pytest.raises(DataError, match="Sample 3 gives no finite answer"):
        model.predict(rows)


def test_too_many_class_names():
    with pytest.raises(DataError, match="4 class names, but the network tells 3 classes apart"):
        Model(gn.mlp(2, 3), UNIT, list("abcd"))


def test_its_short_form(model):
    assert repr(model).startswith("<Model Network([Dense(") and repr(model).endswith(", 3 classes>")


# --- bad files -------------------------------------------------------------------------------------------


def changed(saved, **facts):
    """The file once more, with other metadata."""
    tensors, texts = read_tensors(saved)
    write_tensors(saved, tensors, {"glassnet": json.dumps({**json.loads(texts["glassnet"]), **facts})})


def test_no_such_file(tmp_path):
    with pytest.raises(ModelFileError, match=r"nothing\.safetensors: there is no such file"):
        Model.load(tmp_path / "nothing.safetensors")


def test_a_folder_without_a_model(tmp_path):
    with pytest.raises(ModelFileError, match="is no run folder"):
        Model.load(tmp_path)
    (tmp_path / "checkpoint.safetensors").touch()
    with pytest.raises(ModelFileError, match=r"holds a training that was interrupted\. Resume it"):
        Model.load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x80\x04pickle" * 9, b"\x89PNG\r\n\x1a\n" + bytes(99)])
def test_not_safetensors(tmp_path, content):
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(ModelFileError, match="no safetensors file, or it is damaged"):
        Model.load(tmp_path / "m.safetensors")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_cut_short(saved, share):
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelFileError, match="no safetensors file, or it is damaged"):
        Model.load(saved)


def test_somebody_elses_safetensors(tmp_path):
    save_file({"weight": np.zeros(3)}, tmp_path / "m.safetensors")
    with pytest.raises(ModelFileError, match="not a Glassnet model"):
        Model.load(tmp_path / "m.safetensors")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"version": "1", "format": "new"}'])
def test_damaged_metadata(saved, text):
    write_tensors(saved, read_tensors(saved)[0], {"glassnet": text})
    with pytest.raises(ModelFileError, match="metadata is damaged"):
        Model.load(saved)


def test_a_newer_format(saved):
    changed(saved, format=2, version="9.0")
    with pytest.raises(ModelFileError, match=r"written by Glassnet 9\.0 in format 2.*Update Glassnet"):
        Model.load(saved)


@pytest.mark.parametrize(
    "facts",
    [
        {"architecture": {"layers": [{"kind": "Convolution"}], "loss": "cross_entropy"}},
        {"architecture": {"layers": [{"kind": "Dense", "n_inputs": 16, "n_outputs": 3, "colour": 1}]}},
        {"architecture": {"loss": "cross_entropy"}},
        {"architecture": None},
        {"preparation": {"kind": "unit"}},
        {"class_names": list("abcde")},
        {"image_shape": 4},
    ],
)
def test_metadata_that_describe_no_model(saved, facts):
    changed(saved, **facts)
    with pytest.raises(ModelFileError, match="metadata describes no model"):
        Model.load(saved)


def test_arrays_of_another_shape_or_type(saved):
    tensors, texts = read_tensors(saved)
    wide = {**tensors, "0.W": np.zeros((17, 8), np.float32)}
    write_tensors(saved, wide, texts)
    with pytest.raises(ModelFileError, match=r"0.W is float32 of shape \(17, 8\); its architecture needs"):
        Model.load(saved)
    write_tensors(saved, {**tensors, "0.b": tensors["0.b"].astype(np.float64)}, texts)
    with pytest.raises(ModelFileError, match=r"0.b is float64 of shape \(8,\)"):
        Model.load(saved)


def test_arrays_missing_or_left_over(saved):
    tensors, texts = read_tensors(saved)
    write_tensors(saved, {k: v for k, v in tensors.items() if k != "0.b"}, texts)
    with pytest.raises(ModelFileError, match=r"do not belong to its architecture \(0.b\)"):
        Model.load(saved)
    write_tensors(saved, {**tensors, "9.W": np.zeros(1)}, texts)
    with pytest.raises(ModelFileError, match=r"do not belong to its architecture \(9.W\)"):
        Model.load(saved)


def test_a_folder_in_the_models_place(saved):
    saved.unlink()
    saved.mkdir()
    with pytest.raises(ModelFileError, match="is no run folder"):
        Model.load(saved)
    with pytest.raises(ModelFileError, match=r"cannot be read|damaged"):
        Model.load(saved.parent)


def test_layers_given_one_by_one_survive(tmp_path):
    network = Network([Dense(4, 6, init="xavier"), BatchNorm(0.8), ReLU(), Dense(6, 2), Softmax()], seed=3)
    Model(network, UNIT).save(tmp_path / "m.safetensors")
    assert repr(Model.load(tmp_path / "m.safetensors").network) == repr(network)
