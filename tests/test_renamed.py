"""What was called otherwise in the last version is still found."""

import importlib
import sys

import pytest

from glassnet.renamed import RENAMED


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_a_room_is_found_by_its_old_name_with_a_warning(old, new, monkeypatch):
    monkeypatch.delitem(sys.modules, old, raising=False)
    with pytest.warns(DeprecationWarning, match=f"{old} is called {new} now"):
        room = importlib.import_module(old)
    today = importlib.import_module(new)
    assert all(getattr(room, name) is getattr(today, name) for name in today.__all__)
    assert today.__name__ == new
    assert today.__spec__.name == new


def test_so_is_a_file_of_it():
    with pytest.warns(DeprecationWarning, match="is called"):
        from glassnet.ink.open import open_grey
    from glassnet.preprocessing.open import open_grey as today

    assert open_grey is today


def test_what_never_was_is_not_found():
    with pytest.raises(ModuleNotFoundError, match="inc"):
        importlib.import_module("glassnet.inc")
    with pytest.raises(ModuleNotFoundError, match="nothing_like_it"):
        importlib.import_module("glassnet.teaching.nothing_like_it")
