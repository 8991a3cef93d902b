"""A model that pages can choose."""

import threading
from dataclasses import dataclass, field

from glassnet.model import Model

__all__ = ["RegisteredModel"]


@dataclass(frozen=True)
class RegisteredModel:
    """A model with its name.

    Attributes
    ----------
    id, title : str
    model : Model
    lock : Lock
        A network's layers remember their last input, so one reads at a time.
    """

    id: str
    title: str
    model: Model
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False)
