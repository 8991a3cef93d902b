"""``glassnet play``: the browser application."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import DataDir, model_option
from glassnet.extras import require

__all__ = ["play"]


def play(
    port: Annotated[
        int | None,
        typer.Option("--port", "-p", min=1, max=65535, help="The port; by default the first free one."),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    model: Annotated[Path | None, model_option("The run or model to start with.")] = None,
    runs: Annotated[
        Path, typer.Option("--runs", metavar="DIR", help="The folder of runs to choose from.")
    ] = Path("runs"),
    data_dir: DataDir = None,
) -> None:
    """Draw, look inside, step and train, in the browser.

    Serves its pages on this machine until Ctrl-C. Nothing is loaded from elsewhere.

    Examples
    --------
      glassnet play
      glassnet play --model runs/quick
      glassnet play --port 8080 --no-browser
    """
    require("play", "glassnet play")
    from glassnet.play.server import serve
    from glassnet.play.settings import Settings

    if model is not None:
        from glassnet.model import Model

        Model.load(model)  # better said now than on the page
    settings = Settings(host=host, runs=runs, model=model, data_dir=data_dir)
    serve(settings, lambda address: print(f"{address}  (end it with Ctrl-C)", flush=True), port, browser)
