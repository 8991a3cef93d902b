"""Every picture of a run, chosen by name and written to files."""

import pytest

from glassnet import plots
from glassnet.errors import DataError
from glassnet.report import PICTURES, choose, save_figure, write_pictures


def test_every_picture_of_the_package_belongs_to_a_run():
    drawn_from_elsewhere = {"animation", "reading", "reading_steps"}
    assert {picture.name for picture in PICTURES} == set(plots.__all__) - drawn_from_elsewhere


def test_a_wrong_name_is_answered_with_the_nearest(digits):
    with pytest.raises(DataError, match=r'no picture "mistake"\. Did you mean "mistakes"'):
        choose(["mistake"], digits)


def test_a_picture_that_this_run_cannot_have_is_said_when_it_was_asked_for(iris):
    with pytest.raises(DataError, match=r"no robustness of .*: its input is no image"):
        choose(["robustness"], iris)


def test_pictures_are_written_in_every_format_that_was_asked_for(iris, tmp_path):
    pictures, _ = choose(["prediction", "architecture"], iris)
    written = list(write_pictures(pictures, iris, tmp_path / "plots", ["png", "svg", "pdf"]))
    heads = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    for picture, paths in written:
        for path in paths:
            assert path.stem == picture.name
            assert path.read_bytes().startswith(heads[path.suffix[1:]])
    assert len(list((tmp_path / "plots").iterdir())) == 6


def test_the_same_picture_gives_the_same_file(iris, tmp_path):
    for name in ("a.png", "b.png"):
        save_figure(plots.architecture(iris.run.model.network), tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_another_format_is_refused_and_nothing_is_written(iris, tmp_path):
    with pytest.raises(DataError, match="written as png, svg, pdf, not as bmp"):
        save_figure(plots.architecture(iris.run.model.network), tmp_path / "a.bmp")
    assert not list(tmp_path.iterdir())
