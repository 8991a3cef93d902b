"""What may stand in an estimator's parameters. They are looked at in fit, as scikit-learn does."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from glassnet.data import Distortion
from glassnet.errors import TrainingError
from glassnet.maths.names import nearest
from glassnet.optim import OPTIMIZERS, SCHEDULES, Optimizer, Schedule

__all__ = ["check_arguments", "check_image_shape", "check_parameters", "parameters_of", "per_layer"]

Rule = tuple[Callable[[Any], bool], str]


def solvers() -> list[str]:
    """scikit-learn's names, and Glassnet's of all optimisers."""
    return ["sgd", "lbfgs", *OPTIMIZERS]


def rates() -> list[str]:
    """Glassnet's names of all schedules, and scikit-learn's rules between epochs."""
    return [*SCHEDULES, "invscaling", "adaptive"]


def _whole(least: int, *words: str | None) -> Rule:
    """A whole number, or one of the words."""
    names = "".join(f" or {word!r}" for word in words)

    def good(value: Any) -> bool:
        if value is None or isinstance(value, str):
            return value in words
        return isinstance(value, int | np.integer) and not _yes_or_no(value) and int(value) >= least

    return good, f"a whole number of {least} or more{names}"


def _real(expected: str, good: Callable[[float], bool], *, or_none: bool = False) -> Rule:
    def fits(value: Any) -> bool:
        if value is None:
            return or_none
        number = isinstance(value, int | float | np.integer | np.floating) and not _yes_or_no(value)
        return number and good(float(value))

    return fits, f"a number {expected}{' or None' if or_none else ''}"


def _one_of(*words: str, kind: type | None = None) -> Rule:
    def good(value: Any) -> bool:
        return (isinstance(value, str) and value in words) or (kind is not None and isinstance(value, kind))

    names = ", ".join(map(repr, words))
    return good, f"one of {names}" + ("" if kind is None else f" or a glassnet.optim.{kind.__name__}")


def _yes_or_no(value: Any) -> bool:
    return isinstance(value, bool | np.bool_)


def _random_state(value: Any) -> bool:
    """Whether scikit-learn takes it; asking draws no number."""
    try:
        check_random_state(value)
    except (ValueError, TypeError):
        return False
    return True


_weight = _real("of 0 or more", lambda v: 0 <= v < math.inf)


def _class_weight(value: Any) -> bool:
    if value is None or isinstance(value, str):
        return value in (None, "balanced")
    dictionaries = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(d, dict) and all(map(_weight[0], d.values())) for d in dictionaries)


def _two_sides(value: Any) -> bool:
    pair = isinstance(value, tuple | list) and len(value) == 2
    return value is None or (pair and all(_whole(1)[0](side) for side in value))


def _each(rule: Rule) -> Rule:
    """The same for one value and for a sequence of them."""
    good, expected = rule

    def all_good(value: Any) -> bool:
        several = np.iterable(value) and not isinstance(value, str)
        return all(map(good, value)) if several else good(value)

    return all_good, f"{expected}, or one for each hidden layer"


RULES: dict[str, Rule] = {
    "alpha": _real("of 0 or more", lambda v: 0 <= v < math.inf),
    "batch_size": _whole(1, "auto"),
    "learning_rate_init": _real("above 0", lambda v: 0 < v < math.inf),
    "power_t": _real("of 0 or more", lambda v: 0 <= v < math.inf),
    "max_iter": _whole(1),
    "max_epochs": _whole(1, None),
    "shuffle": (_yes_or_no, "True or False"),
    "random_state": (_random_state, "None, a whole number from 0 to 2**32 - 1 or a numpy.random.RandomState"),
    "tol": _real("of 0 or more", lambda v: 0 <= v < math.inf),
    "verbose": (lambda v: _yes_or_no(v) or _whole(0)[0](v), "True, False or a number"),
    "warm_start": (_yes_or_no, "True or False"),
    "momentum": _real("in [0, 1)", lambda v: 0 <= v < 1),
    "nesterovs_momentum": (_yes_or_no, "True or False"),
    "early_stopping": (_yes_or_no, "True or False"),
    "validation_fraction": _real("in [0, 1)", lambda v: 0 <= v < 1),
    "beta_1": _real("in [0, 1)", lambda v: 0 <= v < 1),
    "beta_2": _real("in [0, 1)", lambda v: 0 <= v < 1),
    "epsilon": _real("above 0", lambda v: 0 < v < math.inf),
    "n_iter_no_change": (lambda v: v == math.inf or _whole(1)[0](v), "a whole number of 1 or more or inf"),
    "max_fun": _whole(1),
    "activation": _each((lambda v: isinstance(v, str), "the name of an activation")),
    "init": _each((lambda v: isinstance(v, str), "the name of an initialiser")),
    "dropout": _each(_real("in [0, 1)", lambda v: 0 <= v < 1)),
    "batch_norm": (_yes_or_no, "True or False"),
    "max_norm": _real("above 0", lambda v: 0 < v < math.inf, or_none=True),
    "clip_norm": _real("above 0", lambda v: 0 < v < math.inf, or_none=True),
    "label_smoothing": _real("in [0, 1)", lambda v: 0 <= v < 1),
    "class_weight": (
        _class_weight,
        "None, 'balanced', a dictionary of weights of 0 or more, or one for each column of y",
    ),
    "image_shape": (_two_sides, "(height, width) in pixels or None"),
    "dtype": _one_of("auto", "float32", "float64"),
}


def parameters_of(estimator: object, kind: type[Any]) -> dict[str, Any]:
    """The values of all parameters of an estimator of a kind.

    A subclass may have fewer arguments, and need not even set the others: then the kind's defaults stand.
    """
    arguments = [p for p in inspect.signature(kind.__init__).parameters.values() if p.name != "self"]
    return {argument.name: getattr(estimator, argument.name, argument.default) for argument in arguments}


def check_parameters(parameters: dict[str, Any], losses: Iterable[str]) -> None:
    """Look at each parameter by itself.

    Raises
    ------
    TrainingError
        That names the first one that is out of its range, and what may stand there.
    """
    names = {"loss": list(losses), "solver": solvers(), "learning_rate": rates()}
    kinds = {"solver": Optimizer, "learning_rate": Schedule}
    choices = {name: _one_of(*words, kind=kinds.get(name)) for name, words in names.items()}
    for name, value in parameters.items():
        good, expected = (RULES | choices).get(name, (lambda _: True, ""))
        if not good(value):
            near = nearest(str(value), names.get(name, []))
            guess = f"; the nearest is {near!r}" if near else ""
            raise TrainingError(f"{name} must be {expected}, not {value!r}{guess}.")
    sizes = parameters["hidden_layer_sizes"]
    hidden = list(sizes) if np.iterable(sizes) else [sizes]
    if isinstance(sizes, str) or not all(_whole(1)[0](size) for size in hidden):
        raise TrainingError(f"hidden_layer_sizes must be whole numbers above 0 (> 0), not {sizes!r}.")
    if parameters["solver"] == "lbfgs" and np.any(parameters["dropout"]):
        raise TrainingError("lbfgs needs a loss that stands still: no dropout, or another solver.")


def check_arguments(parameters: dict[str, Any], validation_data: Any, augment: Any) -> None:
    """Look at what fit was given beside the data.

    Raises
    ------
    TrainingError
        That says what may stand there.
    """
    pair = isinstance(validation_data, tuple | list) and len(validation_data) in (2, 3)
    if validation_data is not None and not pair:
        raise TrainingError("validation_data must be (X, y) or (X, y, sample_weight).")
    if augment is not None and not isinstance(augment, Distortion):
        raise TrainingError(f"augment must be a glassnet.data.Distortion or None, not {augment!r}.")
    if augment is not None and parameters["solver"] == "lbfgs":
        raise TrainingError("lbfgs needs data that stand still: no augment, or another solver.")


def check_image_shape(parameters: dict[str, Any], n_features: int) -> None:
    """Raise a TrainingError unless rows of so many numbers are pictures of the shape that is said."""
    shape = parameters["image_shape"]
    if shape is not None and shape[0] * shape[1] != n_features:
        raise TrainingError(f"image_shape is {shape[0]}×{shape[1]}, but a row of X has {n_features} numbers.")


def per_layer(name: str, value: Any, layers: int) -> list[Any]:
    """One value for each hidden layer, from one for all of them or from a sequence.

    >>> per_layer("dropout", 0.5, 2)
    [0.5, 0.5]
    """
    if isinstance(value, str) or not np.iterable(value):
        return [value] * layers
    values = list(value)
    if len(values) != layers:
        raise TrainingError(
            f"{name} has {len(values)} entries for {layers} hidden layers. Give one for each."
        )
    return values
