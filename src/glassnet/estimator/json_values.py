"""Parameters and figures as JSON can hold them, and back.

What reads raises a ValueError, TypeError, KeyError or AttributeError where the text is damaged.
"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from glassnet import optim
from glassnet.errors import TrainingError
from glassnet.optim import Optimizer, Schedule

__all__ = ["count_of", "number_of", "numbers_of", "text_of", "value_of"]


def text_of(name: str, value: Any) -> Any:
    """A value as JSON can hold it; a random state that is an object is left out.

    Raises
    ------
    TrainingError
        That names the parameter whose value no JSON can hold.
    """
    if isinstance(value, Optimizer | Schedule):
        return {"object": value.config()}
    if isinstance(value, np.random.RandomState) or value is np.random:
        return None
    if isinstance(value, np.ndarray | np.generic):
        return text_of(name, value.tolist())
    if isinstance(value, dict):  # keys of class_weight are no strings
        return {"pairs": [[text_of(name, key), text_of(name, entry)] for key, entry in value.items()]}
    if isinstance(value, tuple | list):
        return [text_of(name, entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise TrainingError(f"{name}={value!r} cannot be written to a file. Pickle the estimator.") from None
    return value


def value_of(text: Any) -> Any:
    """What :func:`text_of` made text of; sequences become tuples.

    >>> value_of(text_of("n_iter_no_change", [1, np.inf]))
    (1, inf)
    """
    if isinstance(text, list):
        return tuple(value_of(entry) for entry in text)
    if not isinstance(text, dict):
        return text
    if "number" in text:
        return float(text["number"])
    if "pairs" in text:
        return dict(value_of(text["pairs"]))
    facts = dict(text["object"])
    kind = getattr(optim, facts.pop("kind"))
    if not (isinstance(kind, type) and issubclass(kind, Optimizer | Schedule)):
        raise TypeError(f"{kind!r} is no optimiser and no schedule")
    return kind(**{name: value_of({"object": v}) if isinstance(v, dict) else v for name, v in facts.items()})


def number_of(text: Any) -> float | None:
    """A number, or None."""
    value = value_of(text)
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        raise TypeError(f"{value!r} is no number")
    return value


def numbers_of(texts: Any) -> list[float | None] | None:
    """A list of numbers, or None."""
    if not isinstance(texts, list | None):
        raise TypeError(f"{texts!r} are no numbers")
    return None if texts is None else [number_of(text) for text in texts]


def count_of(text: Any) -> int:
    """A whole number of 0 or more."""
    if not isinstance(text, int) or isinstance(text, bool) or text < 0:
        raise TypeError(f"{text!r} is no count")
    return text
