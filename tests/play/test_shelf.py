"""Which models there are, and what is said when one cannot be used."""

import pytest

from glassnet.play import shelf as shelf_module
from glassnet.play.refusal import RequestError
from glassnet.play.settings import Settings
from glassnet.play.shelf import Shelf


def test_runs_and_the_model_that_was_named_are_found_and_read_again_when_they_change(tmp_path, small):
    folder = tmp_path / "runs" / "first"
    folder.mkdir(parents=True)
    small.save(folder / "model.safetensors")
    shelf = Shelf(Settings(model=folder, runs=tmp_path / "runs"))
    assert shelf.first == "own" == next(iter(shelf.titles())) and "run:first" in shelf.titles()
    item = shelf.get("run:first")
    assert shelf.get("run:first") is item and shelf.get("own").model.image_shape == (8, 8)
    (folder / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(RequestError) as refusal:
        shelf.get("run:first")
    assert refusal.value.status == 422 and "damaged" in refusal.value.message


def test_the_shipped_model_comes_first_where_there_is_one(tmp_path, monkeypatch):
    shelf = Shelf(Settings(runs=tmp_path))
    assert shelf.first == "pretrained" and shelf.get("pretrained").model.image_shape == (28, 28)
    monkeypatch.setattr(shelf_module, "SHIPPED", tmp_path / "digits.safetensors")
    assert Shelf(Settings(runs=tmp_path)).first == "digits"  # the package without its model


def test_the_small_network_is_good_enough_to_play_with(small):
    assert small.metadata["figures"]["test"]["accuracy"] >= 0.94
