"""What a tab taught its models."""

from dataclasses import dataclass

__all__ = ["Lessons"]


@dataclass
class Lessons:
    """Corrections, and the models before them."""
