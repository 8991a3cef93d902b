"""A model that pages can choose."""

from dataclasses import dataclass

from glassnet.model import Model

__all__ = ["RegisteredModel"]


@dataclass(frozen=True)
class RegisteredModel:
    """A model with its name; any number of threads may ask it at once.

    Attributes
    ----------
    id, title : str
    model : Model
    """

    id: str
    title: str
    model: Model
