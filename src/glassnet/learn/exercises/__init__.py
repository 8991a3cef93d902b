"""The exercises, in the order in which they are done. How to add one: README.md beside this file."""

from functools import cache
from importlib import import_module

from glassnet.errors import DataError
from glassnet.learn.exercise import Exercise

__all__ = ["ORDER", "all_exercises", "load_exercise"]

ORDER = (
    "pixels",
    "one_hot",
    "split",
    "neuron",
    "dense_forward",
    "relu",
    "leaky_relu",
    "sigmoid",
    "tanh",
    "softmax",
    "cross_entropy",
    "log_loss",
    "squared_error",
    "loss_derivatives",
    "softmax_cross_entropy",
    "dense_backward",
    "gradient_check",
    "initializers",
    "gradient_step",
    "two_layer",
    "deep",
    "mini_batches",
    "momentum",
    "rmsprop",
    "adam",
    "l2",
    "dropout",
    "early_stopping",
    "accuracy",
    "confusion_matrix",
    "precision_recall_f1",
    "centre_digit",
)


@cache
def load_exercise(name: str) -> Exercise:
    """One exercise, by its folder's name; ``DataError`` where there is none of that name."""
    if name not in ORDER:
        raise DataError(f"there is no exercise {name!r}; there are {', '.join(ORDER)}")
    exercise = import_module(f"{__name__}.{name}").EXERCISE
    assert isinstance(exercise, Exercise)
    return exercise


def all_exercises() -> list[Exercise]:
    """All of them, in order."""
    return [load_exercise(name) for name in ORDER]
