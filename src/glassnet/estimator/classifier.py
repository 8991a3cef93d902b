"""MLPClassifier."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import ClassifierMixin
from sklearn.utils import column_or_1d, compute_sample_weight
from sklearn.utils.multiclass import check_classification_targets, type_of_target

from glassnet.errors import DataError, TrainingError
from glassnet.estimator.base import Data, Perceptron
from glassnet.maths.types import Array
from glassnet.train.sample_weights import balanced

__all__ = ["MLPClassifier"]


class MLPClassifier(ClassifierMixin, Perceptron):  # type: ignore[misc]  # scikit-learn tells no types
    """A multi-layer perceptron that tells classes apart: two, many, or several yes-or-no questions at once.

    Parameters have scikit-learn's names and meanings where it has them, and its defaults.

    Parameters
    ----------
    hidden_layer_sizes : sequence of int or int
        Units of each hidden layer; ``()`` for none.
    activation : str or sequence of str
        Of the hidden layers, one name for all or one for each: "relu", "tanh", "logistic", "identity", and
        Glassnet's "leaky_relu", "elu", "gelu", "gelu_tanh", "silu", "softplus".
    solver : str or glassnet.optim.Optimizer
        "adam", "sgd", "lbfgs" (all samples at once), "adamw" (decays weights by 0.01 besides alpha),
        "rmsprop", "adagrad"; or an optimiser of one's own, which is copied and brings its own learning rate.
    alpha : float
        L2 penalty ``alpha / 2 * sum W^2``, divided by the number of samples in the batch.
    batch_size : int or "auto"
        "auto": ``min(200, n_samples)``.
    learning_rate : str or glassnet.optim.Schedule
        "constant"; "invscaling" and "adaptive" with ``solver="sgd"``; "cosine", "one_cycle" or a schedule of
        one's own over the ``max_epochs`` with every solver but lbfgs.
    learning_rate_init : float
    power_t : float
        Of "invscaling".
    max_iter : int
        Epochs at most (lbfgs: iterations). When they are used up, there is a ConvergenceWarning.
    max_epochs : int, optional
        The same without the warning: so many are wanted. It goes before max_iter.
    shuffle : bool
    random_state : int, RandomState or None
        Of weights, order and split. The same number gives scikit-learn's weights, order and split.
    tol : float
        Progress of less does not count.
    verbose : bool
        A line for each epoch.
    warm_start : bool
        Whether fit goes on with the weights that are there.
    momentum, nesterovs_momentum : float, bool
        Of "sgd".
    early_stopping : bool
        Whether the score on a validation set decides when to stop, and which weights are kept.
    validation_fraction : float
        What is set aside for it, unless fit is given a validation set.
    beta_1, beta_2, epsilon : float
        Of "adam" and "adamw".
    n_iter_no_change : int
        After more epochs than these without progress, it stops.
    max_fun : int
        Evaluations of the loss at most, by lbfgs.
    loss : {"log_loss", "squared_error"}
    dropout : float or sequence of float
        Rate after the hidden layers.
    batch_norm : bool
        Whether hidden layers are normalised before their activation.
    init : str
        "auto": scikit-learn's own; or "he", "xavier", "lecun", "orthogonal", ... of Glassnet.
    max_norm, clip_norm : float, optional
        No unit's incoming weights, and no gradient, is longer.
    label_smoothing : float
        Share of the target that is spread over all classes; three classes or more.
    class_weight : dict, "balanced" or None
        How much each class counts.
    image_shape : (height, width), optional
        When rows are pictures that are not square.
    dtype : {"auto", "float32", "float64"}
        Number type of the network. "auto": as scikit-learn, float32 data stay so and all else is float64.

    Attributes
    ----------
    classes_ : array
    network_ : glassnet.Network
        All that Glassnet can show, it shows of this.
    history_ : glassnet.train.History
        Of the last fit.
    coefs_, intercepts_ : list of array
    loss_, best_loss_, loss_curve_, n_iter_, t_
    validation_scores_, best_validation_score_
    n_features_in_, feature_names_in_, n_layers_, n_outputs_, out_activation_

    Examples
    --------
    >>> from glassnet import MLPClassifier, load
    >>> iris = load("iris")
    >>> clf = MLPClassifier((16,), solver="lbfgs", random_state=0, max_epochs=50).fit(iris.flat, iris.labels)
    >>> clf.score(iris.flat, iris.labels) > 0.95
    True
    """

    losses = ("log_loss", "squared_error")

    classes_: NDArray[Any]
    class_weight: Any
    _multilabel: bool

    def __init__(
        self,
        hidden_layer_sizes: Any = (100,),
        activation: Any = "relu",
        *,
        solver: Any = "adam",
        alpha: float = 0.0001,
        batch_size: Any = "auto",
        learning_rate: Any = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        max_epochs: int | None = None,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 1e-4,
        verbose: Any = False,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        n_iter_no_change: float = 10,
        max_fun: int = 15000,
        loss: str = "log_loss",
        dropout: Any = 0.0,
        batch_norm: bool = False,
        init: str = "auto",
        max_norm: float | None = None,
        clip_norm: float | None = None,
        label_smoothing: float = 0.0,
        class_weight: Any = None,
        image_shape: tuple[int, int] | None = None,
        dtype: str = "auto",
    ) -> None:
        self._keep(locals())

    # --- classes -------------------------------------------------------------------------------------

    def _learn(self, y: Any) -> None:
        y = _labels(y)
        self._know(np.arange(y.shape[1]) if y.ndim == 2 else np.unique(y), y.ndim == 2)

    def _know(self, classes: NDArray[Any], multilabel: bool) -> None:
        self.classes_, self._multilabel = classes, multilabel

    def _targets(self, y: Any) -> NDArray[Any]:
        y = _labels(y)
        if (y.ndim == 2) != self._multilabel:
            raise DataError("y must have the same form as before: classes, or columns of yes and no.")
        return self._answers(y) if self._multilabel else self._numbers(y)

    def _answers(self, y: NDArray[Any]) -> NDArray[Any]:
        if y.dtype.kind not in "biuf" or not np.isin(y, (0, 1)).all():
            raise DataError("Several questions at once need columns of 0 and 1; y has other values.")
        if y.shape[1] != len(self.classes_):
            raise DataError(f"y has {y.shape[1]} columns; {len(self.classes_)} are known.")
        return y.astype(np.float64)

    def _numbers(self, y: NDArray[Any]) -> NDArray[Any]:
        unknown = np.setdiff1d(y, self.classes_)
        if unknown.size:
            raise DataError(f"y has the class {unknown[0]!r}; known are {self.classes_}.")
        numbers = np.searchsorted(self.classes_, y)
        return numbers if len(self.classes_) > 2 else numbers.astype(np.float64)

    def _head(self, y: NDArray[Any]) -> tuple[int, str, str]:
        K = len(self.classes_)
        squared = self.loss == "squared_error"
        if self._multilabel or K <= 2:
            return (K if self._multilabel else 1), "sigmoid", ("mse" if squared else "log_loss")
        return K, "softmax", ("mse" if squared else "cross_entropy")

    def _by_class(self, data: Data) -> Data:
        if self.class_weight is None:
            return data
        X, y, weight = data
        numbers = y.astype(np.intp)
        if self.class_weight == "balanced":  # each of several questions
            by_class = np.prod([balanced(column, weight) for column in numbers.reshape(len(y), -1).T], axis=0)
        else:
            labels = numbers if self._multilabel else self.classes_[numbers]
            by_class = compute_sample_weight(self.class_weight, labels)
        by_class = by_class.astype(X.dtype)
        return X, y, by_class if weight is None else weight * by_class

    def _score_of(self, A: Array, y: NDArray[Any], weight: NDArray[Any] | None) -> float:
        if y.ndim == 2:
            right = ((A > 0.5) == (y > 0.5)).all(axis=1)
        elif A.shape[1] == 1:
            right = (A[:, 0] > 0.5) == (y > 0.5)
        else:
            right = A.argmax(axis=1) == y
        return float(np.average(right, weights=weight))

    # --- scikit-learn's methods ----------------------------------------------------------------------

    def partial_fit(
        self, X: Any, y: Any, sample_weight: ArrayLike | None = None, classes: ArrayLike | None = None
    ) -> Self:
        """Learn one epoch of these samples, and keep all that was learned before.

        Parameters
        ----------
        X, y, sample_weight
            As in :meth:`fit`.
        classes : (K,) array, optional
            All classes there will ever be; needed in the first call (not for several questions at once).

        Returns
        -------
        self
        """
        if isinstance(self.class_weight, str):
            raise TrainingError('class_weight="balanced" needs all samples at once; give a dictionary.')
        if hasattr(self, "network_"):
            if classes is not None and not np.array_equal(np.unique(np.asarray(classes)), self.classes_):
                raise DataError(f"classes are not those of the first call to partial_fit: {self.classes_}.")
        elif type_of_target(y).startswith("multilabel"):
            self._know(np.arange(np.shape(y)[1]), True)
        elif classes is None:
            raise DataError("classes must be passed on the first call to partial_fit.")
        else:
            self._know(np.unique(np.asarray(classes)), False)
        return self._partial_fit(X, y, sample_weight, learn=False)

    def predict(self, X: Any) -> NDArray[Any]:
        """The class of each row, or a row of 0 and 1.

        Parameters
        ----------
        X : (m, n) array, data frame or sparse matrix

        Returns
        -------
        (m,) array, or (m, k) integers
        """
        A = self._outputs(X)
        if self._multilabel:
            return (A > 0.5).astype(np.int64)
        if A.shape[1] > 1:
            numbers = A.argmax(axis=1)
        else:  # a single class is always the answer
            numbers = ((A[:, 0] > 0.5) & (len(self.classes_) > 1)).astype(np.intp)
        classes: NDArray[Any] = self.classes_[numbers]
        return classes

    def predict_proba(self, X: Any) -> Array:
        """The probability of each class, in the order of ``classes_``; for several questions that of yes.

        Parameters
        ----------
        X : (m, n) array, data frame or sparse matrix

        Returns
        -------
        (m, K) array
        """
        A = self._outputs(X)
        if self._multilabel or A.shape[1] > 1:
            return A
        return np.hstack([1 - A, A]) if len(self.classes_) > 1 else np.ones_like(A)

    def predict_log_proba(self, X: Any) -> Array:
        """The logarithm of :meth:`predict_proba`."""
        with np.errstate(divide="ignore"):  # a probability that was rounded to 0 is as it is
            logarithms: Array = np.log(self.predict_proba(X))
        return logarithms

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags


def _labels(y: Any) -> NDArray[Any]:
    """y as an array (m,), or (m, k) for several questions."""
    labels: NDArray[Any] = y.toarray() if hasattr(y, "toarray") else np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = column_or_1d(labels, warn=True)
    check_classification_targets(labels)
    return labels
