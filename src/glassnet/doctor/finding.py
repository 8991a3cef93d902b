"""What the doctor says."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["KINDS", "SEVERITIES", "Finding", "percent"]

Severity = Literal["serious", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("serious", "warning", "note")

# Causes before their effects: unscaled inputs make a rate too high, a rate too high kills units. Among
# findings of the same severity, this is the order in which they are told.
KINDS = (
    "input_not_scaled",
    "classes_missing",
    "labels_do_not_match",
    "exploding_gradients",
    "same_units",
    "rate_too_high",
    "dead_units",
    "saturated_units",
    "vanishing_gradients",
    "rate_too_low",
    "too_small",
    "overfitting",
    "duplicates",
    "classes_rare",
)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a training, or that one should know.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    severity : {"serious", "warning", "note"}
        Serious: the training failed for it, or its figures cannot be trusted.
    title : str
        In a few words.
    evidence : str
        The numbers that it is read from.
    advice : str
        What to try.
    """

    kind: str
    severity: Severity
    title: str
    evidence: str
    advice: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


def percent(share: float) -> str:
    """A share as people write it.

    >>> percent(0.5), percent(0.0123), percent(0.999)
    ('50 %', '1.2 %', 'over 99 %')
    """
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.1f} %"
