"""The model that ships with the package, and how it is made: ``make pretrained``.

The room is not called ``pretrained`` because a function and a module cannot share a name in one package.
"""

from functools import cache
from pathlib import Path

from glassnet.errors import ModelFileError
from glassnet.model import Model

__all__ = ["SHIPPED", "model_named", "pretrained"]

SHIPPED = Path(__file__).with_name("digits.safetensors")


@cache
def pretrained() -> Model:
    """The model that ships with the package: it reads handwritten digits, 28×28.

    Returns
    -------
    Model
        The same one at every call; do not train it, but ``copy.deepcopy`` it first.

    Raises
    ------
    ModelFileError
        If the package was copied without it.

    Examples
    --------
    >>> pretrained().class_names
    ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
    """
    if not SHIPPED.exists():
        raise ModelFileError(
            f"The model that ships with Glassnet is missing from {SHIPPED.parent}. Install Glassnet again, "
            "or make it: make pretrained."
        )
    return Model.load(SHIPPED)


def model_named(run: str) -> Model:
    """The model of a run folder or a file; "pretrained", where there is no such path, is the one that ships.

    Raises
    ------
    ModelFileError
        If there is none.
    """
    return pretrained() if run == "pretrained" and not Path(run).exists() else Model.load(run)
