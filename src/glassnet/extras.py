"""Optional packages, installed on request: ``pip install 'glassnet[plots]'``."""

from importlib.util import find_spec

from glassnet.errors import MissingExtraError

__all__ = ["EXTRAS", "require"]

EXTRAS: dict[str, tuple[str, ...]] = {
    "plots": ("matplotlib", "jinja2"),
    "data": ("pandas", "pooch"),
    "play": ("fastapi", "uvicorn", "websockets"),
    "export": ("onnx",),
    "tensorboard": ("tensorboard",),
}
"""The packages to import of each extra, as pyproject.toml names them for pip."""


def require(extra: str, purpose: str) -> None:
    """Say what to install when a package of an extra is missing.

    Parameters
    ----------
    extra : str
        A key of :data:`EXTRAS`.
    purpose : str
        What needs it, as a singular subject: "A picture", "glassnet play".

    Raises
    ------
    MissingExtraError
        Which packages are missing, and the command that installs them.

    Examples
    --------
    >>> require("plots", "A picture")
    """
    missing = [package for package in EXTRAS[extra] if find_spec(package) is None]
    if missing:
        raise MissingExtraError(
            f"{purpose} needs {' and '.join(missing)}, not installed here. "
            f"Install the extra: pip install 'glassnet[{extra}]'"
        )
