"""With the same parameters and random_state: scikit-learn's own weights, order, split and curve."""

import warnings

import numpy as np
import pytest
import sklearn.neural_network as peers
from sklearn.datasets import load_breast_cancer, load_digits, make_regression
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer
from sklearn.preprocessing import scale

from glassnet.estimator import MLPClassifier, MLPRegressor
from glassnet.estimator.solvers import ScikitLearnAdam, optimizer_of


def both(ours, theirs, X, y, sample_weight=None, **parameters):
    parameters = {"hidden_layer_sizes": (12, 7), "random_state": 3, "max_iter": 25, **parameters}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return (
            ours(**parameters).fit(X, y, sample_weight),
            theirs(**parameters).fit(X, y, sample_weight),
        )


def assert_same(own, peer, rtol):
    assert own.n_iter_ == peer.n_iter_
    assert own.t_ == peer.t_
    assert own.n_layers_ == peer.n_layers_
    assert own.n_outputs_ == peer.n_outputs_
    assert own.out_activation_ == peer.out_activation_
    np.testing.assert_allclose(own.loss_curve_, peer.loss_curve_, rtol=rtol)
    np.testing.assert_allclose(own.loss_, peer.loss_, rtol=rtol)
    for name in ("best_loss_", "best_validation_score_", "validation_scores_"):
        if getattr(peer, name) is None:
            assert getattr(own, name) is None
        else:
            np.testing.assert_allclose(getattr(own, name), getattr(peer, name), rtol=rtol)
    for name in ("coefs_", "intercepts_"):
        for a, b in zip(getattr(own, name), getattr(peer, name), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-7, atol=rtol)


SGD = {"solver": "sgd", "learning_rate_init": 0.05}


@pytest.mark.parametrize(
    "parameters",
    [
        SGD,
        {**SGD, "momentum": 0.0, "batch_size": 32},
        {**SGD, "nesterovs_momentum": False, "alpha": 1.0},
        {**SGD, "learning_rate": "invscaling", "power_t": 0.3},
        {**SGD, "learning_rate": "adaptive", "tol": 0.05, "n_iter_no_change": 2},
        {**SGD, "tol": 0.1, "n_iter_no_change": 3},
        {**SGD, "early_stopping": True, "n_iter_no_change": 4, "batch_size": 20},
        {**SGD, "shuffle": False, "batch_size": 33, "activation": "logistic"},
        {**SGD, "hidden_layer_sizes": (), "activation": "tanh"},
        {**SGD, "hidden_layer_sizes": 9},
    ],
    ids=lambda parameters: " ".join(name for name in parameters if name not in SGD) or "as it comes",
)
@pytest.mark.parametrize("data", ["iris", "two_classes", "questions", "numbers"])
def test_gradient_descent_to_the_last_digit(data, parameters, request):
    X, y = request.getfixturevalue(data)
    if data == "numbers":
        own, peer = both(MLPRegressor, peers.MLPRegressor, X, y[:, 0], **parameters)
    else:
        own, peer = both(MLPClassifier, peers.MLPClassifier, X, y, **parameters)
    assert_same(own, peer, 1e-10)


@pytest.mark.parametrize("columns", [1, 2])
def test_counts(numbers, columns):
    X, Y = numbers
    Y = np.floor(np.exp(Y))[:, :columns].squeeze()
    own, peer = both(MLPRegressor, peers.MLPRegressor, X, Y, **SGD, loss="poisson")
    assert_same(own, peer, 1e-10)
    assert own.out_activation_ == "exp"
    np.testing.assert_allclose(own.predict(X), peer.predict(X))
    assert own.score(X, Y) == pytest.approx(peer.score(X, Y))


def test_several_numbers_at_once(numbers):
    own, peer = both(MLPRegressor, peers.MLPRegressor, *numbers, **SGD, alpha=0.0, tol=0.0)
    np.testing.assert_allclose(own.predict(numbers[0]), peer.predict(numbers[0]), rtol=1e-10)
    # both descend along the sum over the outputs; scikit-learn notes the mean over them
    np.testing.assert_allclose(own.loss_curve_, 3 * np.array(peer.loss_curve_), rtol=1e-10)


@pytest.mark.parametrize("early_stopping", [False, True])
def test_adam(iris, early_stopping):
    own, peer = both(MLPClassifier, peers.MLPClassifier, *iris, early_stopping=early_stopping, batch_size=30)
    assert own.n_iter_ == peer.n_iter_
    assert own.validation_scores_ == peer.validation_scores_
    assert_same(own, peer, 1e-12)
    np.testing.assert_allclose(own.predict_proba(iris[0]), peer.predict_proba(iris[0]), rtol=1e-12)


LONG = {
    "adam": {},
    "adam with a large epsilon": {"epsilon": 1e-2, "beta_1": 0.5, "beta_2": 0.9},
    "adam, one batch": {"batch_size": 300},
    "nesterov": {"solver": "sgd", "learning_rate_init": 0.05},
    "momentum": {"solver": "sgd", "learning_rate_init": 0.05, "nesterovs_momentum": False},
    "plain": {"solver": "sgd", "learning_rate_init": 0.05, "momentum": 0.0},
    "invscaling": {"solver": "sgd", "learning_rate": "invscaling", "learning_rate_init": 0.2},
    "adaptive": {"solver": "sgd", "learning_rate": "adaptive", "learning_rate_init": 0.3, "tol": 1e-3},
}


@pytest.mark.parametrize("solver", LONG)
@pytest.mark.parametrize("data", ["cancer", "digits", "houses"])
def test_the_curves_do_not_part_in_150_epochs(data, solver):
    kinds = (MLPClassifier, peers.MLPClassifier)
    if data == "houses":
        kinds = (MLPRegressor, peers.MLPRegressor)
        X, y = make_regression(300, 8, noise=5.0, random_state=0)
        X, y = scale(X), scale(y)
    else:
        X, y = (load_breast_cancer if data == "cancer" else load_digits)(return_X_y=True)
        X, y = scale(X[:300]), y[:300]
    patience = 5 if solver == "adaptive" else 200
    how = {"batch_size": 60, "max_iter": 150, "shuffle": data != "houses", "n_iter_no_change": patience}
    assert_same(*both(*kinds, X, y, hidden_layer_sizes=(16,), **how | LONG[solver]), 1e-11)


@pytest.mark.parametrize("epsilon", [1e-8, 1e-3, 1.0])
def test_adam_to_the_last_bit(rng, epsilon):
    own, params = np.zeros(50), [np.zeros(50)]
    ours, theirs = ScikitLearnAdam(0.01, epsilon=epsilon), AdamOptimizer(params, 0.01, epsilon=epsilon)
    for _ in range(300):
        g = rng.normal(size=50) * 10.0 ** rng.integers(-9, 3, 50)
        ours.step(own, g)
        theirs.update_params(params, [g])
        np.testing.assert_array_equal(own, params[0])


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_to_the_last_bit(rng, nesterov):
    own, params = np.zeros(50), [np.zeros(50)]
    ours = optimizer_of(
        {"solver": "sgd", "learning_rate_init": 0.1, "momentum": 0.9, "nesterovs_momentum": nesterov}
    )
    theirs = SGDOptimizer(params, 0.1, momentum=0.9, nesterov=nesterov)
    for _ in range(300):
        g = rng.normal(size=50)
        ours.step(own, g)
        theirs.update_params(params, [g])
        np.testing.assert_array_equal(own, params[0])


def test_sample_weights(iris, rng):
    weight = rng.uniform(0, 3, len(iris[1]))
    weight[:20] = 0
    for parameters in (SGD, {**SGD, "early_stopping": True, "batch_size": 40}):
        own, peer = both(MLPClassifier, peers.MLPClassifier, *iris, weight, **parameters)
        assert_same(own, peer, 1e-10)


def test_lbfgs(two_classes):
    own, peer = both(MLPClassifier, peers.MLPClassifier, *two_classes, solver="lbfgs", alpha=0.1)
    assert own.loss_ == pytest.approx(peer.loss_, rel=1e-4)
    assert own.n_iter_ == peer.n_iter_ == len(own.loss_curve_)
    assert own.loss_curve_[-1] == own.loss_ == own.best_loss_
    np.testing.assert_allclose(
        own.predict_proba(two_classes[0]), peer.predict_proba(two_classes[0]), atol=0.01
    )


def test_partial_fit_and_warm_start(iris):
    X, y = iris
    models = [kind((8,), random_state=0, max_iter=3, **SGD) for kind in (MLPClassifier, peers.MLPClassifier)]
    for model in models:
        for part in (slice(0, None, 2), slice(1, None, 2), slice(None)):
            model.partial_fit(X[part], y[part], classes=[0, 1, 2])
    assert_same(*models, 1e-10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for model in models:
            model.set_params(warm_start=True).fit(X, y).fit(X, y)
    assert len(models[0].loss_curve_) == 9
    assert_same(*models, 1e-10)


def test_predictions(two_classes):
    X, y = two_classes
    own, peer = both(MLPClassifier, peers.MLPClassifier, X, y, **SGD)
    np.testing.assert_array_equal(own.predict(X), peer.predict(X))
    np.testing.assert_allclose(own.predict_proba(X), peer.predict_proba(X), rtol=1e-8)
    np.testing.assert_allclose(own.predict_log_proba(X), peer.predict_log_proba(X), rtol=1e-8)
    assert own.score(X, y) == peer.score(X, y)


def test_float32_stays_float32_as_there():
    X, y = load_breast_cancer(return_X_y=True)
    X = scale(X).astype(np.float32)
    own, peer = both(MLPClassifier, peers.MLPClassifier, X, y, **SGD)
    assert own.coefs_[0].dtype == peer.coefs_[0].dtype == np.float32
    np.testing.assert_allclose(own.loss_curve_, peer.loss_curve_, rtol=1e-3)
