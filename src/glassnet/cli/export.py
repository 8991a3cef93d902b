"""``glassnet export``: a model for other runtimes."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.errors import DataError

__all__ = ["export"]


def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder or model file.")],
    target: Annotated[Path, typer.Argument(metavar="FILE.onnx", help="The file to write.")],
) -> None:
    """Write a model for other runtimes, as ONNX.

    Raw pixels in, probabilities out, any number of samples at once.

    Examples
    --------
      glassnet export runs/quick quick.onnx
    """
    from glassnet.export import write_onnx
    from glassnet.model import Model

    if target.suffix.lower() != ".onnx":
        raise DataError(f"{target}: expected a name that ends with .onnx.")
    write_onnx(Model.load(run), target)
    print(f"{target}  ({target.stat().st_size / 1e6:.2f} MB)")
