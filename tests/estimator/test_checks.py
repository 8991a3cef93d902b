"""scikit-learn's own checks of an estimator, all of them, with the estimators as they come."""

import os
import subprocess
import sys
import warnings

import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.estimator_checks import estimator_checks_generator

from glassnet.estimator import MLPClassifier, MLPRegressor

SKIPPED = {
    "check_array_api_input": "only with SCIPY_ARRAY_API=1 from the start: the test below sets it",
    "check_classifiers_multilabel_output_format_decision_function": "an MLP has no decision_function",
}
"""What scikit-learn itself skips here, and why."""


def name_of(check):
    return getattr(check, "func", check).__name__


CHECKS = [pair for kind in (MLPClassifier, MLPRegressor) for pair in estimator_checks_generator(kind())]


@pytest.mark.parametrize(
    ("estimator", "check"),
    [pair for pair in CHECKS if name_of(pair[1]) not in SKIPPED],
    ids=lambda value: (
        type(value).__name__ if isinstance(value, MLPClassifier | MLPRegressor) else name_of(value)
    ),
)
def test_scikit_learns_checks(estimator, check):
    with warnings.catch_warnings():
        # some checks train on noise, where the loss still falls after 200 epochs
        warnings.simplefilter("ignore", ConvergenceWarning)
        check(estimator)


PROGRAM = """
from sklearn.utils.estimator_checks import estimator_checks_generator
from glassnet.estimator import MLPClassifier, MLPRegressor

for kind in (MLPClassifier, MLPRegressor):
    for estimator, check in estimator_checks_generator(kind()):
        if getattr(check, "func", check).__name__ == "check_array_api_input":
            check(estimator)
            print("passed", kind.__name__)
"""


def test_the_check_that_needs_an_environment_of_its_own():
    if not any(name_of(check) == "check_array_api_input" for _, check in CHECKS):
        return  # an older scikit-learn has none
    environment = {**os.environ, "SCIPY_ARRAY_API": "1"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True)
    assert done.stdout.split("\n") == ["passed MLPClassifier", "passed MLPRegressor", ""], done.stderr
