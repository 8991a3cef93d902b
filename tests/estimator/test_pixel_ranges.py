"""An estimator that learned pixels knows them again in another range, also behind a file or a pickle."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_matrix

import glassnet as gn
from glassnet.data import Dataset
from glassnet.errors import DataError
from glassnet.evaluation import evaluate

DIGITS = gn.load("digits")
INK = DIGITS.flat / 16.0
FORMS = {
    "bytes": lambda x: np.rint(255 * x).astype(np.uint8),
    "whole floats": lambda x: np.rint(255 * x),
    "fractions": lambda x: x,
    "0 to 16": lambda x: 16 * x,
    "signed": lambda x: 2 * x - 1,
}


@pytest.fixture(scope="module", params=["bytes", "fractions", "0 to 16"])
def fitted(request):
    clf = gn.MLPClassifier(hidden_layer_sizes=(32,), max_epochs=20, learning_rate_init=0.002, random_state=0)
    return FORMS[request.param], clf.fit(FORMS[request.param](INK[:1200]), DIGITS.labels[:1200])


@pytest.fixture(params=["as it is", "from a file", "from a pickle", "as a model", "as a model from a file"])
def answers(request, fitted, tmp_path):
    own, clf = fitted
    clf.save(tmp_path / "a.safetensors")
    predict = {
        "as it is": clf,
        "from a file": gn.MLPClassifier.load(tmp_path / "a.safetensors"),
        "from a pickle": pickle.loads(pickle.dumps(clf)),
        "as a model": clf.to_model(),
        "as a model from a file": gn.Model.load(tmp_path / "a.safetensors"),
    }[request.param].predict
    return own, predict


@pytest.mark.parametrize("form", FORMS)
def test_pixels_in_another_range_are_read_as_in_its_own(answers, form):
    own, predict = answers
    expected = predict(own(INK[1200:]))
    assert np.mean(expected == DIGITS.labels[1200:]) > 0.8
    assert np.mean(predict(FORMS[form](INK[1200:])) == expected) > 0.995
    with pytest.raises(DataError, match="go from 0 to 65535, but the model learned"):
        predict(65535 * INK)


def test_its_network_is_evaluated_as_it_learned(fitted):
    own, clf = fitted
    expected = clf.score(own(INK[1200:]), DIGITS.labels[1200:])
    for form in FORMS.values():
        data = Dataset(form(INK[1200:]).reshape(-1, 8, 8), DIGITS.labels[1200:])
        assert abs(evaluate(clf.network_, data).accuracy - expected) < 0.005


def test_features_and_sparse_rows_are_left_alone(rng):
    X, y = rng.random((60, 16)), np.arange(60) % 3
    clf = gn.MLPClassifier(hidden_layer_sizes=(4,), max_epochs=2, random_state=0).fit(X, y)
    np.testing.assert_allclose(clf.predict_proba(255 * X), clf.network_.predict_proba(255 * X))
    sparse = gn.MLPClassifier(hidden_layer_sizes=(4,), max_epochs=2, random_state=0).fit(csr_matrix(X), y)
    np.testing.assert_allclose(sparse.predict_proba(255 * X), sparse.network_.predict_proba(255 * X))


@pytest.mark.parametrize("columns", [16, 25, 64, 100])
@pytest.mark.parametrize("kind", [np.int64, np.float64])
def test_a_table_with_as_many_columns_as_a_square_is_no_picture(columns, kind):
    """What is answered of a row does not depend on the rows beside it; a table may go beyond what was met."""
    rng = np.random.default_rng(0)
    X = rng.integers(0, 256, (200, columns)).astype(kind)
    clf = gn.MLPClassifier(hidden_layer_sizes=(8,), max_epochs=2, random_state=0).fit(X, X[:, 0] > 127)
    low = rng.integers(0, 2, (50, columns)).astype(kind)
    together = clf.predict_proba(np.vstack([low, X]))[:50]
    np.testing.assert_allclose(clf.predict_proba(low), together, atol=1e-12)
    assert clf.predict(3 * X).shape == (200,)
