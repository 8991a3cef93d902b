"""``glassnet export``: a model for other runtimes, or as a page."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Force, ModelArgument
from glassnet.cli.overwriting import confirm_overwriting
from glassnet.errors import DataError

__all__ = ["export"]


def export(
    run: ModelArgument,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="FILE.onnx, or a folder for the page.")],
    force: Force = False,
) -> None:
    """Write a model as ONNX, or as a page without a server.

    ONNX: raw pixels in, probabilities out, any number of samples at once. A name without an extension is a
    folder: a page to draw on that reads in the browser. Open its index.html, or put it on any web host.

    Examples
    --------
      glassnet export runs/quick quick.onnx
      glassnet export pretrained site/
    """
    from glassnet.export import SITE_FILES, write_onnx, write_site
    from glassnet.model import Model

    if target.suffix.lower() == ".onnx" and not target.is_dir():
        confirm_overwriting([target], force)
        write_onnx(Model.load(run), target)
        size = target.stat().st_size
    elif target.is_dir() or not (target.suffix or target.is_file()):
        confirm_overwriting([target / name for name in SITE_FILES], force)
        size = write_site(Model.load(run), target)
        target = target / "index.html"
    else:
        raise DataError(f"{target}: expected a name that ends with .onnx, or a folder.")
    print(f"{target}  ({size / 1e6:.2f} MB)")
