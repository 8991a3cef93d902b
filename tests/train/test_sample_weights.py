"""How much each sample counts."""

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_sample_weight

from glassnet.errors import TrainingError
from glassnet.train.sample_weights import sample_weights

CLASSES = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 2])


def test_nothing_asked_nothing_weighted():
    assert sample_weights(10, CLASSES) is None


def test_balanced_is_what_scikit_learn_means_by_it():
    found = sample_weights(10, CLASSES, class_weight="balanced")
    np.testing.assert_allclose(found, compute_sample_weight("balanced", CLASSES))


def test_balanced_leaves_out_classes_without_samples():
    classes = np.array([0, 0, 2])
    found = sample_weights(3, classes, ["a", "b", "c"], class_weight="balanced")
    np.testing.assert_allclose(found, compute_sample_weight("balanced", classes))


def test_a_dictionary_goes_by_number_or_by_name():
    by_number = sample_weights(10, CLASSES, ["a", "b", "c"], class_weight={1: 3.0, 2: 0.5})
    by_name = sample_weights(10, CLASSES, ["a", "b", "c"], class_weight={"b": 3.0, "c": 0.5})
    np.testing.assert_array_equal(by_number, [1, 1, 1, 3, 3, 0.5, 0.5, 0.5, 0.5, 0.5])
    np.testing.assert_array_equal(by_name, by_number)


def test_class_and_sample_weights_multiply():
    given = np.arange(10.0)
    found = sample_weights(10, CLASSES, sample_weight=given, class_weight={0: 2.0})
    np.testing.assert_array_equal(found, given * np.where(CLASSES == 0, 2.0, 1.0))
    np.testing.assert_array_equal(given, np.arange(10.0))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sample_weight": np.ones(9)}, r"shape \(9,\), not one number for each of 10"),
        ({"sample_weight": np.where(CLASSES == 1, -1.0, 1.0)}, "Sample 3 has the weight -1.0"),
        ({"sample_weight": np.where(CLASSES == 2, np.nan, 1.0)}, "Sample 5 has the weight nan"),
        ({"sample_weight": np.zeros(10)}, "All weights are 0"),
        ({"class_weight": {7: 1.0}}, "names class 7; there are 0 to 2"),
        ({"class_weight": {"x": 1.0}}, "names class 'x'"),
        ({"class_weight": "even"}, "not 'even'"),
    ],
)
def test_weights_that_cannot_be(options, message):
    with pytest.raises(TrainingError, match=message):
        sample_weights(10, CLASSES, **options)


def test_a_regression_has_no_classes_to_weigh():
    with pytest.raises(TrainingError, match="needs labels that are classes"):
        sample_weights(10, None, class_weight="balanced")
