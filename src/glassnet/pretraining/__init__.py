"""The model that ships with the package, and how it is made: ``make pretrained``.

The room is not called ``pretrained`` because a function and a module cannot share a name in one package.
"""

from functools import cache
from pathlib import Path

from glassnet.errors import ModelFileError
from glassnet.model import Model

__all__ = ["SHIPPED", "model_path", "pretrained"]

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
    return Model.load(_shipped())


def model_path(path: Path) -> Path:
    """A path as it is; where there is none called "pretrained", that of the model that ships.

    Raises
    ------
    ModelFileError
        If the package was copied without it.
    """
    return _shipped() if path == Path("pretrained") and not path.exists() else path


def _shipped() -> Path:
    if not SHIPPED.exists():
        raise ModelFileError(
            f"The model that ships with Glassnet is missing from {SHIPPED.parent}. Install Glassnet again, "
            "or make it: make pretrained."
        )
    return SHIPPED
