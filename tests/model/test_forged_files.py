"""Files that somebody made up: each wrong field is refused by name, before anything large is made."""

import copy
import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.forging import DEEP, as_text, forgeries

import glassnet as gn
from glassnet.data import Preparation
from glassnet.errors import DataError, ModelFileError
from glassnet.model import Model, read_tensors, write_tensors


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A file with every kind of field, its arrays and what it says."""
    path = tmp_path_factory.mktemp("good") / "model.safetensors"
    layers = [gn.Dense(16, 6), gn.BatchNorm(), gn.ELU(), gn.Dropout(0.2), gn.Dense(6, 5), gn.GELU()]
    network = gn.Network([*layers, gn.Dense(5, 3), gn.Softmax()], max_norm=2.0, label_smoothing=0.1)
    preparation = Preparation("standard", np.zeros(16), np.ones(16))
    metadata = {"recipe": {"name": "x"}, "figures": {"test": {"accuracy": 0.9}}, "reading_threshold": 0.4}
    Model(network, preparation, ["a", "b", "c"], (4, 4), metadata).save(path)
    tensors, texts = read_tensors(path)
    return path, tensors, json.loads(texts["glassnet"])


def forged(path, tensors, facts):
    write_tensors(path, tensors, {"glassnet": as_text(facts)})
    return path


def load_or_refuse(path):
    """The model, which must then work in every way, or the error's message."""
    try:
        model = Model.load(path)
    except ModelFileError as error:
        return str(error)
    m, K = 2, model.network.n_outputs
    assert model.predict_proba(np.zeros((m, 16), np.uint8)).shape == (m, max(K, 2))
    assert len(model.predict(np.zeros((m, 16), np.uint8))) == m
    model.save(path)
    assert Model.load(path).network.config() == model.network.config()
    return model


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_field_it_is_read_or_refused(good, data):
    path, tensors, told = good
    file = forged(path.with_name("forged.safetensors"), tensors, data.draw(forgeries(told)))
    tracemalloc.start()
    try:
        found = load_or_refuse(file)
        assert isinstance(found, Model) or (str(file) in found and len(found) < 1000)
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


def preparation(kind="unit", offset=0.0, scale=1.0):
    return {"kind": kind, "offset": offset, "scale": scale}


WRONG = {
    "image_shape": [
        [64], [4], [], [2, 4], [4.0, 4], [-4, -4], "44", {"h": 4}, [True, 16], [1, 1, 16], 16, [2**70, 1],
    ],
    "class_names": [[], "abc", {"a": 1}, [1, 2, 3], ["a", None, "c"], list("abcd"), 3],
    "format": [float("inf"), float("nan"), "1", None, [1], 1.5, True, 0, -1, 10**400],
    "version": [None, 3, [], {}],
    "preparation": [
        None, [], preparation(offset=None), preparation(offset="0"), preparation(offset=[0.0] * 5),
        preparation(scale=[[1.0]]), preparation(kind=3), preparation(offset=True), preparation(scale=1e200),
    ],
    "recipe": [None, [], "quick", 3],
    "figures": [None, [], 0.9, {"epochs": "many"}, {"test": {"accuracy": None}}, {"test": []}],
    "reading_threshold": ["0.5", None, True, []],
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [(field, value) for field in WRONG for value in WRONG[field]])
def test_a_field_of_a_wrong_kind_is_refused(good, tmp_path, field, value):
    _, tensors, told = good
    file = forged(tmp_path / "m.safetensors", tensors, {**told, field: value})
    with pytest.raises(ModelFileError, match=r"metadata (is damaged|describes no model)|written by"):
        Model.load(file)


@pytest.mark.parametrize("inside", ["metadata", "layers", "class_names", "nothing else"])
def test_brackets_without_end_are_refused(good, tmp_path, inside):
    _, tensors, told = good
    facts = {**told, inside: DEEP} if inside != "nothing else" else DEEP
    with pytest.raises(ModelFileError, match="metadata is damaged"):
        Model.load(forged(tmp_path / "m.safetensors", tensors, facts))


@pytest.mark.parametrize("n", [20_000_000, 10**30])
def test_a_small_file_of_a_large_layer_costs_nothing(good, tmp_path, n):
    _, tensors, told = good
    facts = copy.deepcopy(told)
    facts["architecture"]["layers"][0]["n_inputs"] = n
    facts.update(image_shape=None, preparation={"kind": "none", "offset": 0.0, "scale": 1.0})
    file = forged(tmp_path / "m.safetensors", tensors, facts)
    tracemalloc.start()
    with pytest.raises(ModelFileError, match=r"0.W is float32 of shape \(16, 6\); its architecture needs"):
        Model.load(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2e6


def test_types_that_numpy_has_not(tmp_path):
    header = {"0.W": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, 8]}}
    text = json.dumps(header).encode()
    (tmp_path / "m.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + bytes(8))
    with pytest.raises(ModelFileError):
        Model.load(tmp_path / "m.safetensors")


def test_numbers_that_are_not_finite_could_not_answer(good, tmp_path):
    _, tensors, told = good
    bad = {**tensors, "0.b": np.full_like(tensors["0.b"], np.nan)}
    with pytest.raises(ModelFileError, match="not all of its numbers are finite"):
        Model.load(forged(tmp_path / "m.safetensors", bad, told))


def test_what_a_model_is_made_of_is_checked_too():
    with pytest.raises(DataError, match="image_shape 4×5 does not give the network's 16 inputs"):
        Model(gn.mlp(16, 3), Preparation(), None, (4, 5))
    assert Model(gn.mlp(16, 3), Preparation(), ["a"]).class_names == ("a", "1", "2")
