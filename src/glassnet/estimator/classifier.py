"""MLPClassifier."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import ClassifierMixin
from sklearn.utils import compute_sample_weight
from sklearn.utils.multiclass import type_of_target

from glassnet.errors import DataError, TrainingError
from glassnet.estimator.class_labels import ClassLabels
from glassnet.estimator.multilayer_perceptron import MultilayerPerceptron
from glassnet.estimator.parameters import parameters_of
from glassnet.estimator.samples import Samples
from glassnet.estimator.solvers import where_it_has_epochs
from glassnet.maths.types import Array
from glassnet.model import Model
from glassnet.train.sample_weights import balanced

__all__ = ["MLPClassifier"]


class MLPClassifier(ClassifierMixin, MultilayerPerceptron):  # type: ignore[misc]  # scikit-learn tells no types
    """A multi-layer perceptron that tells classes apart: two, many, or several yes-or-no questions at once.

    Parameters have scikit-learn's names and meanings where it has them, and its defaults.

    Parameters
    ----------
    hidden_layer_sizes : sequence of int or int
        Units of each hidden layer; ``()`` for none.
    activation : str or sequence of str
        Of the hidden layers, one name for all or one for each: "relu", "tanh", "logistic", "identity", or
        another of Glassnet's (``glassnet.nn.ACTIVATIONS``).
    solver : str or glassnet.optim.Optimizer
        "adam", "sgd", "lbfgs" (all samples at once), or another of Glassnet's (``glassnet.optim.OPTIMIZERS``;
        "adamw" decays weights by 0.01 besides alpha); or an optimiser of one's own, which is copied and
        brings its own learning rate.
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
        Of the last fit; with lbfgs a record is an iteration.
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
    _labels: ClassLabels

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
        self._set_arguments(locals())

    def _parameters(self) -> dict[str, Any]:
        return parameters_of(self, MLPClassifier)

    # --- classes -------------------------------------------------------------------------------------

    def _know(self, labels: ClassLabels) -> None:
        self._labels, self.classes_ = labels, labels.classes

    def _learn_targets(self, y: Any) -> None:
        self._know(ClassLabels.of(y))

    def _check_targets(self, y: Any) -> None:
        classes = ClassLabels.of(y).classes
        if not np.array_equal(classes, self.classes_):
            raise DataError(
                "warm_start can only be used where `y` has the same classes as in the previous call to fit. "
                f"Previously got {self.classes_}, `y` has {classes}"
            )

    def _targets(self, y: Any) -> NDArray[Any]:
        return self._labels.targets(y)

    def _head(self) -> tuple[int, str, str]:
        softmax = self._labels.n_outputs > 1 and not self._labels.multilabel
        output, loss = ("softmax", "cross_entropy") if softmax else ("sigmoid", "log_loss")
        if self._parameters()["loss"] == "squared_error":
            loss = "half_squared_error"
        return self._labels.n_outputs, output, loss

    def _strata(self, y: NDArray[Any]) -> NDArray[Any] | None:
        one_output = self._labels.n_outputs == 1
        return self._labels.labels(y) if one_output else None

    def _weigh_classes(self, samples: Samples) -> Samples:
        class_weight, (X, y, weight) = self._parameters()["class_weight"], samples
        if class_weight is None:
            return samples
        if isinstance(class_weight, str):  # "balanced", in each of several questions
            columns = y.astype(np.intp).reshape(len(y), -1).T
            factors = np.prod([balanced(column, weight) for column in columns], axis=0)
        else:
            factors = self._class_factors(class_weight, y)
        return Samples(X, y, (factors if weight is None else weight * factors).astype(X.dtype))

    def _class_factors(self, class_weight: Any, y: NDArray[Any]) -> NDArray[Any]:
        """What the dictionaries say of each sample."""
        try:
            factors: NDArray[Any] = compute_sample_weight(class_weight, self._labels.labels(y))
        except ValueError as error:
            raise TrainingError(f"class_weight={class_weight!r} does not fit y: {error}") from None
        return factors

    def _score_outputs(self, A: Array, y: NDArray[Any], weight: NDArray[Any] | None) -> float:
        return self._labels.accuracy(A, y, weight)

    def _class_names(self) -> NDArray[Any] | None:
        return None if self._labels.multilabel else self.classes_

    def _facts(self) -> dict[str, Any]:
        return {**super()._facts(), "classes": self._labels.facts()}

    def _restore(self, model: Model, facts: dict[str, Any]) -> None:
        super()._restore(model, facts)
        self._know(ClassLabels.from_facts(facts["classes"], model.network.n_outputs))

    # --- scikit-learn's methods ----------------------------------------------------------------------

    @where_it_has_epochs
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
        if isinstance(self._parameters()["class_weight"], str):
            raise TrainingError('class_weight="balanced" needs all samples at once; give a dictionary.')
        if hasattr(self, "network_"):
            if classes is not None and not np.array_equal(np.unique(np.asarray(classes)), self.classes_):
                raise DataError(f"classes are not those of the first call to partial_fit: {self.classes_}.")
        elif type_of_target(y).startswith("multilabel"):
            self._know(ClassLabels.of(y))
        elif classes is None:
            raise DataError("classes must be passed on the first call to partial_fit.")
        else:
            self._know(ClassLabels(np.unique(np.asarray(classes)), multilabel=False))
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
        return self._labels.answers(A)

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
        return self._labels.probabilities(A)

    def predict_log_proba(self, X: Any) -> Array:
        """The logarithm of :meth:`predict_proba`."""
        with np.errstate(divide="ignore"):  # a probability that was rounded to 0 is as it is
            logarithms: Array = np.log(self.predict_proba(X))
        return logarithms

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags
