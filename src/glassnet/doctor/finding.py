"""What the doctor says."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["KINDS", "SEVERITIES", "Finding", "Severity", "counted", "percent", "some"]

Severity = Literal["serious", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("serious", "warning", "note")

# Causes before their effects: unscaled inputs make a rate too high, a rate too high kills units. Among
# findings of the same severity, this is the order in which they are told.
KINDS = (
    "input_constant",
    "input_outliers",
    "input_not_scaled",
    "targets_not_scaled",
    "output_does_not_fit",
    "classes_missing",
    "labels_do_not_match",
    "parts_differ",
    "labels_noisy",
    "same_units",
    "init_too_small",
    "exploding_gradients",
    "vanishing_gradients",
    "too_small",
    "no_nonlinearity",
    "clip_too_strong",
    "penalty_too_strong",
    "dropout_too_strong",
    "momentum_too_high",
    "rate_too_high",
    "dead_units",
    "saturated_units",
    "rate_too_low",
    "too_few_epochs",
    "overfitting",
    "duplicates",
    "classes_rare",
    "did_not_learn",
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


def some(names: list[str]) -> str:
    """The first five of some names."""
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def counted(n: int, one: str, many: str) -> str:
    """A number and what it counts.

    >>> counted(1, "class is", "classes are")
    '1 class is'
    """
    return f"{n:,} {one if n == 1 else many}"
