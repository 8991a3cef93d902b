"""Pixels become the numbers that a network reads; the dataset stays as it is."""

import json

import numpy as np
import pytest

from glassnet.data import Dataset, Preparation
from glassnet.errors import DataError


@pytest.fixture
def pixels(rng):
    return rng.integers(0, 256, (50, 4, 3), dtype=np.uint8)


@pytest.fixture
def features(rng):
    table = rng.normal(5, [1, 10, 0.01, 0], (50, 4))
    table[:, 3] = 0.1  # constant
    return table


def test_unit_divides_pixels_by_their_greatest_possible_value(pixels):
    for pixel_max in (255, 16):
        data = Dataset(pixels // 16 if pixel_max == 16 else pixels, pixel_max=pixel_max)
        X = Preparation.fit(data, "unit").apply(data.images)
        assert X.dtype == np.float32 and X.shape == (50, 12)
        np.testing.assert_allclose(X, data.flat / pixel_max, rtol=1e-6)


def test_unit_brings_each_feature_to_zero_and_one(features):
    X = Preparation.fit(Dataset(features), "unit").apply(features, "float64")
    np.testing.assert_allclose(X.min(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(X.max(axis=0), [1, 1, 1, 0])


@pytest.mark.parametrize("kind_of_data", ["pixels", "features"])
def test_standard_gives_mean_zero_and_deviation_one(kind_of_data, request):
    data = Dataset(request.getfixturevalue(kind_of_data))
    X = Preparation.fit(data, "standard").apply(data.images, "float64")
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-10)
    constant = np.ptp(data.flat, axis=0) == 0
    np.testing.assert_allclose(X.std(axis=0), ~constant, atol=1e-10)


def test_statistics_taken_in_chunks_are_numpys(rng):
    table = rng.normal(1e6, 1, (2500, 2))
    preparation = Preparation.fit(Dataset(table), "standard")
    np.testing.assert_allclose(preparation.offset, table.mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(preparation.scale, 1 / table.std(axis=0), rtol=1e-10)


def test_a_large_offset_costs_no_digits():
    years = np.array([[2000.25], [2000.5]])
    X = Preparation("standard", np.array([2000.0]), np.array([1000.0])).apply(years)
    np.testing.assert_array_equal(X, [[250], [500]])


@pytest.mark.parametrize("kind", ["unit", "standard", "none"])
def test_out_is_where_the_result_goes(pixels, kind):
    data = Dataset(pixels)
    preparation = Preparation.fit(data, kind)
    out = np.full((50, 12), np.nan, np.float32)
    assert preparation.apply(data.images, out=out) is out
    np.testing.assert_array_equal(out, preparation.apply(data.images))
    expected = (data.flat.astype(np.float64) - preparation.offset) * preparation.scale
    np.testing.assert_allclose(out, expected, atol=1e-5)


def test_one_offset_and_scale_for_all(pixels):
    X = Preparation("standard", 100.0, 0.5).apply(pixels)
    np.testing.assert_array_equal(X, (pixels.reshape(50, 12).astype(float) - 100) / 2)


def test_default_is_unit_for_pixels_and_none_for_features(pixels, features):
    assert Preparation.default(Dataset(pixels)).kind == "unit"
    assert Preparation.default(Dataset(features)).kind == "none"


@pytest.mark.parametrize("kind", ["unit", "standard", "none"])
def test_it_survives_json_exactly(features, kind):
    preparation = Preparation.fit(Dataset(features), kind)
    again = Preparation.from_config(json.loads(json.dumps(preparation.config())))
    assert again.kind == kind
    np.testing.assert_array_equal(again.apply(features), preparation.apply(features))


@pytest.mark.parametrize(
    "config",
    [{}, {"kind": "unit", "offset": 0}, {"kind": "unit", "offset": None, "scale": "x"}, {"kind": "log"}],
)
def test_a_config_that_cannot_be_read_is_refused(config):
    with pytest.raises(DataError, match="cannot be read"):
        Preparation.from_config(config)


def test_an_unknown_kind_is_refused(pixels):
    with pytest.raises(DataError, match=r"'log' is unknown. Expected one of unit, standard, none"):
        Preparation.fit(Dataset(pixels), "log")
    with pytest.raises(DataError, match="'log' is unknown"):
        Preparation.from_config({"kind": "log", "offset": 0, "scale": 1})


def test_another_number_of_features_is_refused(features):
    with pytest.raises(DataError, match=r"3 features. The preparation was fitted to 4"):
        Preparation.fit(Dataset(features), "standard").apply(features[:, :3])
