"""Every form of random_state gives scikit-learn's numbers, fit after fit, and is used up as it is there."""

import pickle
import warnings

import numpy as np
import pytest
import sklearn.neural_network as peers
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning

from glassnet.errors import TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor

FORMS = {
    "None": lambda: None,
    "numpy.random": lambda: np.random,
    "int": lambda: 7,
    "zero": lambda: 0,
    "greatest": lambda: 2**32 - 1,
    "int64": lambda: np.int64(7),
    "uint8": lambda: np.uint8(7),
    "RandomState": lambda: np.random.RandomState(7),
    "MT19937": lambda: np.random.RandomState(np.random.MT19937(7)),
    "PCG64": lambda: np.random.RandomState(np.random.PCG64(7)),
}
WAYS = {
    "one batch": {},
    "batches": {"batch_size": 32},
    "in order": {"batch_size": 32, "shuffle": False},
    "early stopping": {"batch_size": 32, "early_stopping": True},
    "warm start": {"batch_size": 32, "warm_start": True},
    "sgd": {"solver": "sgd", "batch_size": 40},
    "lbfgs": {"solver": "lbfgs"},
}


def seed_numpy(seed):
    """Set NumPy's own state, which None stands for."""
    np.random.seed(seed)  # noqa: NPY002


def next_number(state):
    """What whoever comes next draws, from the state or from NumPy's own."""
    return (state if isinstance(state, np.random.RandomState) else np.random.mtrand).random_sample()


def there(form):
    """What says the same to scikit-learn's estimators, which do not take all that check_random_state does."""
    return "None" if form == "numpy.random" else form


def fits(kind, X, y, form, parameters, times=3):
    """The weights after each of some fits of one estimator, and the number that is drawn next."""
    seed_numpy(12)
    estimator = kind(hidden_layer_sizes=(6,), max_iter=4, random_state=FORMS[form](), **parameters)
    weights = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for _ in range(times):
            estimator.fit(X, y)
            weights.append(np.concatenate([W.ravel() for W in (*estimator.coefs_, *estimator.intercepts_)]))
    return weights, next_number(estimator.random_state)


KINDS = ("None", "int", "RandomState")
PAIRS = [(f, w) for f in FORMS for w in WAYS if f in KINDS or w in ("one batch", "early stopping")]


@pytest.mark.parametrize(("form", "way"), PAIRS)
def test_fit_after_fit_as_there(iris, form, way):
    own, drawn = fits(MLPClassifier, *iris, form, WAYS[way])
    peer, expected = fits(peers.MLPClassifier, *iris, there(form), WAYS[way])
    for ours, theirs in zip(own, peer, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-4 if way == "lbfgs" else 1e-12)
    assert drawn == expected
    again, _ = fits(MLPClassifier, *iris, form, WAYS[way])
    np.testing.assert_array_equal(again, own)
    if way != "warm start":
        is_number = isinstance(FORMS[form](), int | np.integer)
        assert np.array_equal(own[0], own[1]) == is_number


@pytest.mark.parametrize("form", FORMS)
def test_regressors_too(numbers, form):
    X, y = numbers[0], numbers[1][:, 0]
    how = {"batch_size": 50, "early_stopping": True}
    own, drawn = fits(MLPRegressor, X, y, form, how)
    peer, expected = fits(peers.MLPRegressor, X, y, there(form), how)
    np.testing.assert_allclose(own, peer, atol=1e-12)
    assert drawn == expected


@pytest.mark.parametrize("form", FORMS)
def test_partial_fit_after_partial_fit(iris, form):
    X, y = iris
    weights, draws = [], []
    for kind, state in ((MLPClassifier, form), (peers.MLPClassifier, there(form))):
        seed_numpy(3)
        estimator = kind((6,), batch_size=20, random_state=FORMS[state]())
        for part in (slice(0, 100), slice(50, 150), slice(0, 150)):
            estimator.partial_fit(X[part], y[part], classes=[0, 1, 2])
        weights.append(estimator.coefs_[0])
        draws.append(next_number(estimator.random_state))
    np.testing.assert_allclose(*weights, atol=1e-12)
    assert draws[0] == draws[1]


@pytest.mark.parametrize("extra", [{"dropout": 0.3}, {"init": "he"}, {"batch_norm": True}])
@pytest.mark.parametrize("form", FORMS)
def test_what_only_we_have_can_be_repeated_too(iris, form, extra):
    first, drawn = fits(MLPClassifier, *iris, form, extra)
    again, drawn_again = fits(MLPClassifier, *iris, form, extra)
    np.testing.assert_array_equal(first, again)
    assert drawn == drawn_again
    assert np.array_equal(first[0], first[1]) == isinstance(FORMS[form](), int | np.integer)


@pytest.mark.parametrize("form", ["RandomState", "PCG64"])
@pytest.mark.parametrize("twin_of", [clone, lambda estimator: pickle.loads(pickle.dumps(estimator))])
def test_a_twin_goes_its_own_way_from_the_same_place(iris, form, twin_of):
    one = MLPClassifier((6,), max_epochs=2, batch_size=50, random_state=FORMS[form]()).fit(*iris)
    two = twin_of(one)
    assert two.random_state is not one.random_state
    np.testing.assert_array_equal(one.fit(*iris).coefs_[0], two.fit(*iris).coefs_[0])
    assert one.random_state.random_sample() == two.random_state.random_sample()


@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
@pytest.mark.parametrize(
    "wrong", [-1, 2**32, 1.5, "seed", [1, 2], np.random.default_rng(0), np.random.PCG64(0)]
)
def test_what_scikit_learn_does_not_take_is_named(iris, kind, wrong):
    with pytest.raises(TrainingError, match="random_state must be None, a whole number from 0"):
        kind(random_state=wrong).fit(*iris)
