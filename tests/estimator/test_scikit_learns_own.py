"""scikit-learn's own tests of its MLPs, run with Glassnet's estimators in their place."""

import re
from pathlib import Path

import pytest
from sklearn.neural_network.tests import test_mlp

import glassnet.estimator

NOT_OURS = {
    "test_fit": "sets attributes before any fit; test_worked_example.py has the same numbers",
    "test_gradient": "goes through private methods; tests/nn/test_gradcheck.py checks every derivative",
    "test_nonfinite_params": "expects other words: ours name the epoch, the batch and what to do",
    "test_early_stopping_stratified": "expects the rare class to be called 'True'; ours says its name",
    "test_mlp_diverging_loss": "expects a fit that has diverged to go on; ours ends with a TrainingError",
}


class WithPrivateCounter:
    """What two of the tests read below the surface."""

    @property
    def _no_improvement_count(self):
        return self._stopping.no_improvement


class MLPClassifier(WithPrivateCounter, glassnet.estimator.MLPClassifier):
    pass


class MLPRegressor(WithPrivateCounter, glassnet.estimator.MLPRegressor):
    pass


@pytest.fixture
def global_random_seed():
    return 42


def take_over():
    """Its functions, with our classes under the names that it imports."""
    source = Path(test_mlp.__file__).read_text(encoding="utf-8")
    theirs = r"^from sklearn\.neural_network import MLPClassifier, MLPRegressor$"
    source, replaced = re.subn(theirs, "", source, flags=re.MULTILINE)
    assert replaced == 1
    space = {"__name__": __name__, "MLPClassifier": MLPClassifier, "MLPRegressor": MLPRegressor}
    exec(compile(source, test_mlp.__file__, "exec"), space)
    return {name: test for name, test in space.items() if name.startswith("test_")}


TESTS = take_over()
globals().update({name: test for name, test in TESTS.items() if name not in NOT_OURS})


def test_every_test_that_is_left_out_is_there():
    assert set(NOT_OURS) <= set(TESTS)
    assert len(TESTS) > 40
