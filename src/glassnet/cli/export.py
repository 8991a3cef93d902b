"""``glassnet export``: a model for other runtimes, or as a page."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import ModelArgument
from glassnet.errors import DataError

__all__ = ["export"]


def export(
    run: ModelArgument,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="FILE.onnx, or a folder for the page.")],
) -> None:
    """Write a model as ONNX, or as a page without a server.

    ONNX: raw pixels in, probabilities out, any number of samples at once. A name without an ending is a
    folder: a page to draw on, that reads in the browser. Open its index.html, or put it on any web host.

    Examples
    --------
      glassnet export runs/quick quick.onnx
      glassnet export pretrained site/
    """
    from glassnet.export import write_onnx, write_site
    from glassnet.pretraining import model_named

    if target.suffix.lower() == ".onnx" and not target.is_dir():
        write_onnx(model_named(run), target)
        size = target.stat().st_size
    elif target.is_dir() or not (target.suffix or target.is_file()):
        size = write_site(model_named(run), target)
        target = target / "index.html"
    else:
        raise DataError(f"{target}: expected a name that ends with .onnx, or a folder.")
    print(f"{target}  ({size / 1e6:.2f} MB)")
