"""Digits that lie on their sides are noticed; whatever else pictures show is left in peace."""

import numpy as np
import pytest

from glassnet.data import Dataset, load
from glassnet.data.orientation import upright

TURNS = {
    "images.transpose(0, 2, 1)": lambda x: x.transpose(0, 2, 1),
    "numpy.rot90(images, 1, axes=(1, 2))": lambda x: np.rot90(x, -1, axes=(1, 2)),
    "numpy.rot90(images, 2, axes=(1, 2))": lambda x: x[:, ::-1, ::-1],
    "numpy.rot90(images.transpose(0, 2, 1), 1, axes=(1, 2))": lambda x: x[:, :, ::-1].copy(),
}


@pytest.mark.parametrize("count", [100, 1000])
@pytest.mark.parametrize("turn", TURNS)
def test_how_digits_have_to_be_turned_is_said(mnist, turn, count):
    data = mnist[0].limit(count, seed=1)
    turned = TURNS[turn](data.images)
    said = upright(Dataset(turned, data.labels))
    np.testing.assert_array_equal(eval(said, {"numpy": np, "images": turned}), data.images)
    assert upright(Dataset(turned.reshape(count, -1).astype(np.uint8), data.labels)) == said
    assert upright(Dataset(turned / 255, data.labels)) == said
    assert upright(data) is None


@pytest.mark.parametrize("digits", [[0, 1, 7, 8], [1, 4, 6, 9], [2, 3, 5, 6, 9]])
def test_some_of_the_digits_are_enough(mnist, digits):
    data = mnist[0].take(np.isin(mnist[0].labels, digits)).limit(400, seed=0)
    assert upright(data) is None
    assert upright(Dataset(data.images.transpose(0, 2, 1), data.labels)) == "images.transpose(0, 2, 1)"


def test_other_pictures_are_left_in_peace(mnist, rng):
    data = mnist[0].limit(500, seed=0)
    others = [
        load("digits"),
        load("iris"),
        Dataset(data.images.transpose(0, 2, 1), rng.permutation(data.labels)),
        Dataset(data.images.transpose(0, 2, 1), data.labels, [f"letter {k}" for k in range(10)]),
        Dataset(data.images.transpose(0, 2, 1)),
        Dataset(data.images[:40].transpose(0, 2, 1), data.labels[:40]),
        Dataset(rng.integers(0, 256, (500, 28, 28), np.uint8), data.labels),
        Dataset(np.zeros((500, 28, 28), np.uint8), data.labels),
        Dataset(data.images[:, :, :20], data.labels),
        Dataset(data.images, data.labels.astype(float)),
    ]
    assert [upright(other) for other in others] == [None] * len(others)


def test_it_is_said_when_they_are_loaded(mnist, tmp_path, caplog):
    data = mnist[0].limit(300, seed=0)
    np.savez(tmp_path / "emnist.npz", images=data.images.transpose(0, 2, 1), labels=data.labels)
    (note,) = load(tmp_path / "emnist.npz").notes
    assert "do not stand upright" in note and "Turn them: images.transpose(0, 2, 1)" in note
    assert note in caplog.text
