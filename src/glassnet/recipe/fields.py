"""Fields of a recipe: numbers whose explanation tells their range, texts, and what can be switched off."""

import math
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

__all__ = ["OFF", "Switchable", "holds", "number", "text"]

OFF = "off"
"""In files what is None in Python: there is no such thing."""

T = TypeVar("T")


def _read(value: Any) -> Any:
    """Files of version 0.1 say 0, and class_weight "none"."""
    off = value in (OFF, "none") if isinstance(value, str) else value == 0 and not isinstance(value, bool)
    return None if off else value


def _written(value: Any) -> Any:
    return OFF if value is None else value


Switchable = Annotated[T | None, BeforeValidator(_read), PlainSerializer(_written)]


def number(
    default: Any,
    meaning: str,
    least: float,
    most: float = math.inf,
    *,
    below: float = math.inf,
    off: str = "",
) -> Any:
    """A number from ``least`` to ``most``, or below ``below``; what else its type allows has no range.

    Parameters
    ----------
    default : number, text or None
    meaning : str
        The explanation, to which the range is added.
    least, most, below : float
        One of the latter two.
    off : str
        What it means that it is off, where it can be.

    Examples
    --------
    >>> number(3, "how many", 1, 1000).description
    'how many: 1 or more, at most 1,000'
    >>> number(None, "how much", 0, below=1, off="nothing").description
    'how much: 0 to below 1; "off": nothing'
    """
    told = f"{least:g} to" if below < math.inf else f"{least:g} or more"
    if 0 < least < 1:
        told = "above 0"
    if below < math.inf:
        told += f" below {below:g}" if told.endswith("to") else f", below {below:g}"
    else:
        told += f", at most {most:,}"
    switch = f'; "{OFF}": {off}' if off else ""
    limits: JsonDict = {"least": least, "most": most, "below": below}
    return Field(default, description=f"{meaning}: {told}{switch}", json_schema_extra={"limits": limits})


def holds(field: FieldInfo, value: Any) -> bool:
    """Whether a number is in its field's range."""
    extra = field.json_schema_extra
    if not isinstance(extra, dict) or isinstance(value, bool) or not isinstance(value, int | float):
        return True
    limits: Any = extra["limits"]
    return bool(limits["least"] <= value <= limits["most"] and value < limits["below"])


def text(default: str, meaning: str, fewest: int = 0, *, most: int = 4096) -> Any:
    """A text of one line."""
    return Field(
        default,
        min_length=fewest,
        max_length=most,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description=meaning,
    )
