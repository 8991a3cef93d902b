"""``glassnet report``: one page about a run."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.viewing import open_view

__all__ = ["report"]


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file; by default RUN/report.html.")
    ] = None,
    sample: Annotated[
        int, typer.Option("--sample", min=1, help="The example to follow, of the part held out, from 1.")
    ] = 1,
    learning_rate: Annotated[
        float, typer.Option("--learning-rate", min=0, help="Of the one step that is drawn.")
    ] = 0.1,
    compare: Annotated[
        list[Path] | None, typer.Option("--compare", metavar="RUN", help="Further runs, to draw together.")
    ] = None,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="The folder with the files of MNIST.")
    ] = None,
) -> None:
    """Write one page about a run.

    What was trained, how good it is, every picture explained, how to repeat it. The page
    needs neither network nor scripts, and can be printed.

    Examples
    --------
      glassnet report runs/quick
      glassnet report runs/quick --sample 9 -o lesson.html
    """
    from rich.console import Console
    from rich.progress import Progress

    from glassnet.report import choose, write_report

    view = open_view(run, sample, learning_rate, compare or [], data_dir)
    path = out or run / "report.html"
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("drawing", total=len(choose((), view)[0]))
        size = write_report(view, path, lambda picture: progress.advance(task))
    print(f"{path}  ({size / 1e6:.1f} MB)")
