"""Which models there are, and what is said when one cannot be used."""

import types

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


def test_the_shipped_model_comes_first_where_there_is_one(tmp_path, monkeypatch, small):
    package = types.ModuleType("glassnet.pretrained")
    package.__file__ = str(tmp_path / "__init__.py")
    monkeypatch.setattr(shelf_module, "find_spec", lambda name: object())
    monkeypatch.setattr(shelf_module, "import_module", lambda name: package)
    assert Shelf(Settings(runs=tmp_path)).first == "digits"  # the package without its model
    small.save(tmp_path / "digits.safetensors")
    shelf = Shelf(Settings(runs=tmp_path))
    assert shelf.first == "pretrained" and shelf.get("pretrained").model.image_shape == (8, 8)


def test_the_small_network_is_good_enough_to_play_with(small):
    assert small.metadata["figures"]["test"]["accuracy"] >= 0.94
