"""Subclasses with other arguments: what they do not have is as it is by default."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV

from glassnet.errors import ModelFileError, TrainingError
from glassnet.estimator import MLPClassifier, MLPRegressor


class Fewer(MLPClassifier):
    def __init__(self, random_state=None, max_epochs=3):
        super().__init__(random_state=random_state, max_epochs=max_epochs)


class Renamed(MLPClassifier):
    def __init__(self, width=5, seed=0):
        super().__init__((width,), random_state=seed, max_epochs=3)
        self.width, self.seed = width, seed


class WithoutSuper(MLPClassifier):
    def __init__(self, max_epochs=3, random_state=None):
        self.max_epochs, self.random_state = max_epochs, random_state


class Nothing(MLPClassifier):
    def __init__(self):
        pass


class More(MLPClassifier):
    def __init__(self, hidden_layer_sizes=(5,), max_epochs=3, random_state=0, note="mine"):
        super().__init__(hidden_layer_sizes, max_epochs=max_epochs, random_state=random_state)
        self.note = note


class Numbers(MLPRegressor):
    def __init__(self, loss="squared_error", random_state=0):
        super().__init__(loss, random_state=random_state, max_epochs=3)


class NumbersWithoutSuper(MLPRegressor):
    def __init__(self, max_epochs=3):
        self.max_epochs = max_epochs


KINDS = [Fewer, Renamed, WithoutSuper, Nothing, More, Numbers, NumbersWithoutSuper]


@pytest.fixture(autouse=True)
def few_epochs(monkeypatch):
    """Those that say nothing of max_iter would warn after 200 epochs."""
    monkeypatch.setattr("glassnet.estimator.stochastic.warn_user", lambda *_: None)


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_an_estimator_does(kind, iris, tmp_path):
    X, y = iris
    estimator = kind()
    assert estimator.fit(X, y).predict(X).shape == (150,)
    assert estimator.score(X, y) > -10
    assert len(list(kind().iter_fit(X, y))) == estimator.n_iter_
    more = {"classes": [0, 1, 2]} if isinstance(estimator, MLPClassifier) else {}
    kind().partial_fit(X, y, **more).partial_fit(X, y)
    assert clone(estimator).get_params() == estimator.get_params()
    assert set(estimator.get_params()) == set(kind._get_param_names())
    again = pickle.loads(pickle.dumps(estimator))
    np.testing.assert_array_equal(again.predict(X), estimator.predict(X))
    estimator.save(tmp_path / "file")
    loaded = kind.load(tmp_path / "file")
    np.testing.assert_array_equal(loaded.predict(X), estimator.predict(X))
    assert loaded.get_params() == estimator.get_params()
    assert loaded.to_model().network.n_inputs == 4
    with pytest.raises(ModelFileError, match=f"holds a {kind.__name__}, but no"):
        (MLPClassifier if isinstance(estimator, MLPRegressor) else MLPRegressor).load(tmp_path / "file")
    assert kind.__name__ in repr(estimator)


def test_what_they_set_counts_and_the_rest_is_as_it_comes(iris):
    plain = MLPClassifier(max_epochs=3, random_state=0).fit(*iris)
    for kind in (Fewer, WithoutSuper):
        assert kind(random_state=0).fit(*iris).loss_curve_ == plain.loss_curve_
    five = MLPClassifier((5,), max_epochs=3, random_state=0).fit(*iris)
    for estimator in (Renamed(), More()):
        assert estimator.fit(*iris).loss_curve_ == five.loss_curve_


def test_a_search_over_an_argument_of_ones_own(iris):
    search = GridSearchCV(Renamed(), {"width": [3, 4]}, cv=2).fit(*iris)
    assert search.best_estimator_.coefs_[0].shape[1] == 5  # copied in __init__, which set_params passes by


def test_a_wrong_value_is_named_there_too(iris):
    with pytest.raises(TrainingError, match="max_epochs must be"):
        Fewer(max_epochs=-1).fit(*iris)


def test_an_attribute_that_replaces_an_argument(iris):
    class Slow(Fewer):
        solver = "lbfgs"

        def __init__(self, max_epochs=3):
            self.max_epochs = max_epochs

    assert not hasattr(Slow(), "partial_fit")
    assert len(Slow().fit(*iris).history_) == 3
