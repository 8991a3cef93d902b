"""What a key of a recipe may be chosen from: made from the classes of nn and optim."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from glassnet.maths.initializers import INITIALIZERS, initializer
from glassnet.maths.names import nearest
from glassnet.optim import OPTIMIZERS, SCHEDULES, OneCycle
from glassnet.optim.settings import Setting, settings_of

__all__ = [
    "OneOf",
    "initializer_names",
    "is_initializer",
    "optimizer_settings",
    "schedule_settings",
    "settings_fields",
]


@dataclass(frozen=True)
class OneOf:
    """Checks that a text is one of some names, which are asked for each time.

    Attributes
    ----------
    names : callable that gives names
    also : callable
        Whether a text that is none of them is good too.
    words : str
        What comes before the names in a message.
    """

    names: Callable[[], Iterable[str]]
    also: Callable[[str], bool] = lambda value: False
    words: str = "one of"

    def __call__(self, value: str) -> str:
        """The value, or an error that says what there is, and what is nearest."""
        names = list(self.names())
        if value not in names and not self.also(value):
            near = nearest(value, names)
            guess = f"; the nearest is {near!r}" if near else ""
            raise ValueError(f"Input should be {self.words} {', '.join(names)}{guess}")
        return value


WARMUP = settings_of(OneCycle)["warmup"]._replace(default=0.0)
"""A rise of the rate that may come before every schedule that has none of its own."""


def initializer_names() -> list[str]:
    """How the first weights may be drawn; "normal(s)" has any deviation s."""
    return ["auto", *("normal(0.1)" if name == "normal" else name for name in INITIALIZERS)]


def is_initializer(name: str) -> bool:
    """Whether the first weights can be drawn in a way of that name.

    >>> is_initializer("normal(0.5)"), is_initializer("normal(big)")
    (True, False)
    """
    try:
        initializer(name)
    except ValueError:
        return False
    return True


def optimizer_settings() -> dict[str, dict[str, Setting]]:
    """What each optimiser can be set to.

    >>> {key: setting.default for key, setting in optimizer_settings()["momentum"].items()}
    {'learning_rate': 0.1, 'momentum': 0.9}
    """
    return {name: settings_of(kind) for name, kind in OPTIMIZERS.items()}


def schedule_settings() -> dict[str, dict[str, Setting]]:
    """What each schedule can be set to.

    >>> {key: setting.default for key, setting in schedule_settings()["cosine"].items()}
    {'warmup': 0.0, 'final': 0.0}
    """
    return {name: {"warmup": WARMUP} | settings_of(kind) for name, kind in SCHEDULES.items()}


def settings_fields() -> dict[str, Any]:
    """A field for each key that some optimiser or some schedule can be set to; None is not set.

    Its range is that of the chosen one, which the recipe looks at as a whole.
    """
    described: dict[str, tuple[str, dict[str, list[str]]]] = {}  # by key: meaning, names by range
    for name, settings in (optimizer_settings() | schedule_settings()).items():
        for key, setting in settings.items():
            _, ranges = described.setdefault(key, (setting.meaning, {}))
            ranges.setdefault(setting.range.words, []).append(name)
    return {key: (float | None, Field(None, description=_told(*parts))) for key, parts in described.items()}


def _told(meaning: str, ranges: dict[str, list[str]]) -> str:
    told = [words if len(ranges) == 1 else f"{words} ({', '.join(names)})" for words, names in ranges.items()]
    return ": ".join(filter(None, (meaning, "; ".join(told))))
