"""Distortions: what the formulas promise, and that everything else stays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet.data.distort import Distortion, displacement, rms
from glassnet.errors import DataError


@pytest.fixture
def images(rng):
    blobs = np.zeros((70, 12, 10), np.uint8)
    blobs[:, 4:8, 3:7] = rng.integers(100, 256, (70, 4, 4))
    return blobs


@given(st.integers(1, 70), st.integers(0, 1000))
def test_strength_nought_is_the_identity(m, seed):
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (m, 9, 7), np.uint8)
    np.testing.assert_array_equal(Distortion().apply(images, rng), images)


def test_a_field_has_mean_nought_and_the_formula_s_strength_everywhere(rng):
    fields = displacement(4000, 28, 28, sigma=4, alpha=34, rng=rng)
    assert rms(34, 4) == pytest.approx(1.38, abs=0.01)
    assert rms(36, 6) == pytest.approx(0.98, abs=0.01)
    np.testing.assert_allclose(fields.mean(axis=0), 0, atol=0.1)
    strength = np.sqrt((fields**2).mean(axis=0))  # at every place, the corners too
    np.testing.assert_allclose(strength, rms(34, 4), rtol=0.08)


def test_rms_sets_alpha():
    distortion = Distortion.with_rms(1.2, sigma=5, shift=1)
    assert rms(distortion.alpha, 5) == pytest.approx(1.2)
    assert distortion.shift == 1


@pytest.mark.parametrize(
    "distortion",
    [
        Distortion(shift=2), Distortion(rotation=20), Distortion(shear=20), Distortion(scale=0.2),
        Distortion(alpha=20), Distortion(thickness=0.9), Distortion(blur=1), Distortion(noise=0.1),
        Distortion(rotation=15, shear=15, scale=0.15, sigma=6, alpha=36, calm=(1, 7)),
    ],
    ids=lambda d: ",".join(k for k, v in d.config().items() if v and k != "sigma"),
)  # fmt: skip
def test_each_changes_images_repeatably_and_leaves_the_old_ones(distortion, images):
    labels = np.arange(70) % 10
    before = images.copy()
    images.flags.writeable = False
    first = distortion.apply(images, np.random.default_rng(1), labels)
    again = distortion.apply(images, np.random.default_rng(1), labels)
    other = distortion.apply(images, np.random.default_rng(2), labels)
    np.testing.assert_array_equal(images, before)
    np.testing.assert_array_equal(first, again)
    assert first.dtype == np.uint8
    assert first.shape == images.shape
    assert not np.array_equal(first, images)
    assert not np.array_equal(first, other)
    same = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(first, images, strict=True)]
    assert np.median(same) > 0.5  # still the same image, in the same place of the array


def test_a_whole_shift_moves_pixels_and_nothing_else(images, monkeypatch):
    distortion = Distortion(shift=1)

    def places(self, F, height, width, rng):
        y, x = np.mgrid[:height, :width].astype(np.float32)
        return np.repeat(y[None] + 1, F, axis=0), np.repeat(x[None] - 2, F, axis=0)

    monkeypatch.setattr(Distortion, "_places", places)
    moved = distortion.apply(images, np.random.default_rng(0))
    np.testing.assert_array_equal(moved[:, :-1, 2:], images[:, 1:, :-2])


def test_calm_classes_turn_half_as_far(monkeypatch, images):
    seen = {}
    right = Distortion._distort

    def watch(self, images, index, rng, out):
        for i in index:
            seen[int(i)] = self.rotation
        right(self, images, index, rng, out)

    monkeypatch.setattr(Distortion, "_distort", watch)
    labels = np.arange(70) % 10
    Distortion(rotation=10, calm=(1, 7)).apply(images, np.random.default_rng(0), labels)
    assert {i: 5.0 if labels[i] in (1, 7) else 10.0 for i in range(70)} == seen


def test_thick_is_thicker_and_thin_is_thinner(images, monkeypatch):
    for share, grows in ((0.8, True), (-0.8, False)):
        rng = np.random.default_rng(0)

        class Fixed:
            permutation = rng.permutation

            @staticmethod
            def uniform(low, high, size, share=share):
                return np.full(size, share)

        ink = Distortion(thickness=0.8).apply(images, Fixed()).astype(int).sum()
        assert (ink > images.astype(int).sum()) == grows


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"shift": -1}, "shift must be a number of 0 or more"),
        ({"alpha": math.nan}, "alpha"),
        ({"sigma": 0}, "sigma must be above 0"),
        ({"scale": 1.0}, "scale must be below 1"),
        ({"thickness": 2}, "thickness must be"),
    ],
)
def test_numbers_out_of_range(how, message):
    with pytest.raises(DataError, match=message):
        Distortion(**how)


def test_other_arrays_are_refused(images, rng):
    with pytest.raises(DataError, match="uint8 images"):
        Distortion().apply(images.astype(float), rng)
    with pytest.raises(DataError, match="uint8 images"):
        Distortion().apply(images[0], rng)
    with pytest.raises(DataError, match="needs to know the labels"):
        Distortion(calm=(1,)).apply(images, rng)
