"""The animation: as many frames as epochs, the last one stands, and nothing is half-written."""

import sys

import numpy as np
import pytest
from PIL import Image

from glassnet import plots
from glassnet.errors import DataError, MissingExtraError
from glassnet.plots.animation import _Stage
from glassnet.train import Epoch, History


def history(n, watched=True):
    made = History()
    for i in range(1, n + 1):
        validation = (0.5 / i, 0.8) if watched else (None, None)
        made.append(Epoch(i, n, 1 / i, 0.9, *validation, 0.1, float(i), 1e3))
    return made


def test_a_gif_has_a_frame_for_each_epoch(tmp_path, rng):
    weights = [rng.normal(size=(16, 3)) for _ in range(4)]
    path = plots.animation(history(4), weights, tmp_path / "new" / "film.gif", image_shape=(4, 4))
    with Image.open(path) as film:
        assert film.n_frames >= 4
    assert [file.name for file in path.parent.iterdir()] == ["film.gif"]


def test_long_trainings_are_thinned_out(tmp_path, rng, monkeypatch):
    monkeypatch.setattr(sys.modules["glassnet.plots.animation"], "MAX_FRAMES", 20)  # its namesake hides it
    n = 60
    W = rng.normal(size=(4, 5))
    path = plots.animation(history(n, watched=False), [W + i for i in range(n)], tmp_path / "film.gif")
    with Image.open(path) as film:
        assert 10 < film.n_frames <= 23


def test_each_frame_shows_the_weights_of_its_epoch(rng):
    weights = [rng.normal(size=(4, 2)) for _ in range(3)]
    stage = _Stage(history(3), weights, (2, 2))
    stage.show(1)
    tiles = stage.map.get_array()
    assert np.array_equal(tiles[:2, :2], weights[1][:, 0].reshape(2, 2))
    assert np.array_equal(tiles[:2, 3:5], weights[1][:, 1].reshape(2, 2))
    low, high = stage.map.get_clim()
    assert low == -high and high == max(np.abs(W).max() for W in weights)
    _, lines = stage.curves[0]
    assert list(lines[0][0].get_ydata()) == [1.0, 0.5]
    assert stage.fig.get_suptitle() == "Epoch 2 of 3"


def test_what_cannot_be_written_is_said_before(tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"written as \.gif or \.mp4"):
        plots.animation(history(2), [], tmp_path / "film.avi")
    with pytest.raises(DataError, match="2 epochs, and weights are given of 0"):
        plots.animation(history(2), [], tmp_path / "film.gif")
    monkeypatch.setattr("matplotlib.animation.FFMpegWriter.isAvailable", lambda: False)
    with pytest.raises(MissingExtraError, match="ffmpeg"):
        plots.animation(history(2), [], tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())
