"""From a photograph to the picture that a network reads."""

from .open import open_grey

__all__ = ["open_grey"]
