"""``glassnet train --watch`` and ``--animate``."""

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from glassnet.cli.dashboard import LEVELS, Screen, cell, chart, mosaic

TINY = ("--set", "training.epochs=3", "--set", "network.hidden=[6]")


def test_a_chart_has_the_height_of_its_values():
    rows = chart([4.0, 2.0, 1.0], 3, 0.0, height=4)
    assert [sum(row[k] != " " for row in rows) for k in range(3)] == [4, 2, 1]
    assert chart([], 3, height=2) == ["   ", "   "]
    assert all(len(row) == 10 for row in chart(list(range(1000)), 10))


def test_the_mosaic_holds_each_units_weights(rng):
    W = rng.normal(size=(16, 3))
    picture = mosaic(W, (4, 4), width=12, height=30)
    assert np.array_equal(picture[:4, :4], W[:, 0].reshape(4, 4))
    assert np.array_equal(picture[:4, 5:9], W[:, 1].reshape(4, 4))
    assert np.isnan(picture[:, 4]).all() and len(picture) % 2 == 0


def test_large_images_are_made_smaller_by_means(rng):
    W = rng.normal(size=(784, 1))
    picture = mosaic(W, (28, 28), width=20, height=40)
    assert np.allclose(picture[0, 0], W.reshape(28, 28)[:2, :2].mean())


def test_a_table_has_a_row_for_each_feature(rng):
    W = rng.normal(size=(4, 3))
    picture = mosaic(W, None, width=80, height=40)
    assert picture.shape == (8, 6) and np.array_equal(picture[::2, ::2], W)


def test_two_pixels_in_one_character():
    assert cell(LEVELS + 1, LEVELS + 1).text == " "
    assert cell(1, LEVELS + 1).text == "▀" and cell(LEVELS + 1, 1).text == "▄"
    red, blue = cell(LEVELS, -LEVELS).style.color, cell(LEVELS, -LEVELS).style.bgcolor
    assert red.triplet.red > red.triplet.blue and blue.triplet.blue > blue.triplet.red


@pytest.mark.parametrize("source", ["digits", "iris"])
def test_watching_shows_curves_and_weights(glassnet, monkeypatch, source):
    shown = []
    see = Screen.see
    monkeypatch.setattr(Screen, "see", lambda self, event: (shown.append(event), see(self, event)))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    code, out, error = glassnet("train", source, "--watch", *TINY)
    assert code == 0, error
    assert "epoch 3 of 3" in out and "weights of the first layer" in out
    assert "test " in out and "run folder" in out
    assert len(shown) > 3


def test_watching_changes_no_number(glassnet, monkeypatch, tmp_path):
    glassnet("train", *TINY, "--out", "plain", "--quiet")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    glassnet("train", *TINY, "--out", "watched", "--watch")
    from glassnet.model import Model

    assert np.array_equal(Model.load("plain").network.theta, Model.load("watched").network.theta)


def test_without_a_terminal_there_are_lines(glassnet):
    code, out, error = glassnet("train", "iris", "--watch", *TINY)
    assert code == 0 and "--watch needs a terminal" in error
    assert "epoch 3/3" in out


def test_a_film_of_the_training(glassnet, tmp_path):
    code, _, error = glassnet("train", "iris", *TINY, "--animate", "film.gif", "--quiet")
    assert code == 0, error
    with Image.open(tmp_path / "film.gif") as film:
        assert film.n_frames >= 3


def test_a_film_in_another_format_is_refused_before_the_training(glassnet, tmp_path):
    code, _, error = glassnet("train", "iris", "--animate", "film.avi")
    assert code == 2 and "written as .gif or .mp4" in error
    assert not (tmp_path / "runs").exists()


def test_the_screen_fits_into_a_narrow_terminal():
    from types import SimpleNamespace

    import glassnet as gn

    network = gn.mlp(784, 40, 10)
    model = SimpleNamespace(network=network, image_shape=(28, 28))
    recipe = SimpleNamespace(training=SimpleNamespace(epochs=2))
    console = Console(width=50, height=24, record=True)
    with console.capture() as capture:
        console.print(Screen(SimpleNamespace(model=model, recipe=recipe)))
    lines = capture.get().splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 50
