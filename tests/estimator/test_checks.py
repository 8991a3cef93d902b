"""scikit-learn's own checks of an estimator, all of them, with the estimators as they come."""

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.estimator_checks import parametrize_with_checks

from glassnet.estimator import MLPClassifier, MLPRegressor


@parametrize_with_checks([MLPClassifier(), MLPRegressor()])
def test_scikit_learns_checks(estimator, check):
    with warnings.catch_warnings():
        # some checks train on noise, where the loss still falls after 200 epochs
        warnings.simplefilter("ignore", ConvergenceWarning)
        check(estimator)
