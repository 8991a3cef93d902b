"""Which models there are, and what is said when one cannot be used."""

import pytest

from glassnet.play import model_registry
from glassnet.play.errors import RequestError
from glassnet.play.model_registry import ModelRegistry
from glassnet.play.settings import Settings


def test_runs_and_the_model_that_was_named_are_found_and_read_again_when_they_change(tmp_path, small):
    folder = tmp_path / "runs" / "first"
    folder.mkdir(parents=True)
    small.save(folder / "model.safetensors")
    models = ModelRegistry(Settings(model=folder, runs=tmp_path / "runs"))
    assert models.first == "own" == next(iter(models.titles())) and "run:first" in models.titles()
    item = models.get("run:first")
    assert models.get("run:first") is item and models.get("own").model.image_shape == (8, 8)
    (folder / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(RequestError) as refusal:
        models.get("run:first")
    assert refusal.value.status == 422 and "damaged" in refusal.value.message


def test_the_shipped_model_comes_first_where_there_is_one(tmp_path, monkeypatch):
    models = ModelRegistry(Settings(runs=tmp_path))
    assert models.first == "pretrained" and models.get("pretrained").model.image_shape == (28, 28)
    monkeypatch.setattr(model_registry, "SHIPPED", tmp_path / "digits.safetensors")
    assert ModelRegistry(Settings(runs=tmp_path)).first == "digits"  # the package without its model


def test_the_small_network_is_good_enough_to_play_with(small):
    assert small.metadata["figures"]["test"]["accuracy"] >= 0.94
