"""What an optimiser or a schedule can be set to: each field of its class, its default, and its range.

A range stands in the field's annotation, so that the class is checked by it, and recipes and pages are made
from it: ``momentum: Share = 0.9``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any, NamedTuple, get_type_hints

__all__ = [
    "SHARE", "Between", "NonNegative", "Positive", "PositiveFraction", "Range", "Setting", "Share", "UpToOne",
    "check_settings", "settings_of",
]  # fmt: skip


class Range(NamedTuple):
    """Numbers that are allowed, in words and as a condition."""

    words: str
    holds: Callable[[float], bool]

    def check(self, name: str, value: float) -> None:
        """Raise a ValueError that names the parameter unless its value is allowed."""
        if not self.holds(value):
            raise ValueError(f"{name} must be {self.words}, not {value!r}")


SHARE = Range("0 to below 1", lambda value: 0 <= value < 1)

Positive = Annotated[float, Range("above 0", lambda value: 0 < value < math.inf)]
NonNegative = Annotated[float, Range("0 or more", lambda value: 0 <= value < math.inf)]
Share = Annotated[float, SHARE]
Between = Annotated[float, Range("between 0 and 1", lambda value: 0 < value < 1)]
UpToOne = Annotated[float, Range("0 to 1", lambda value: 0 <= value <= 1)]
PositiveFraction = Annotated[float, Range("above 0, at most 1", lambda value: 0 < value <= 1)]


class Setting(NamedTuple):
    """One field: its default, its range, and what it means where its name does not say it."""

    default: float
    range: Range
    meaning: str


def settings_of(kind: type[Any]) -> dict[str, Setting]:
    """The fields of a dataclass that have a range.

    >>> from glassnet.optim import Momentum
    >>> settings_of(Momentum)["momentum"].default, settings_of(Momentum)["momentum"].range.words
    (0.9, '0 to below 1')
    """
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Setting] = {}
    for field in fields(kind):
        notes = getattr(hints[field.name], "__metadata__", ())
        if notes:
            meaning = " ".join(note for note in notes if isinstance(note, str))
            default: Any = field.default
            found[field.name] = Setting(default, notes[0], meaning)
    return found


def check_settings(thing: Any) -> None:
    """Raise a ValueError that names the first field of a dataclass's object that is out of its range."""
    for name, setting in settings_of(type(thing)).items():
        setting.range.check(name, getattr(thing, name))
