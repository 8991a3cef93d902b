"""``glassnet plot``: every picture of a run, as files."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Compare, DataDir, LearningRate, RunArgument, Sample, out_option

__all__ = ["plot"]


def plot(
    run: RunArgument,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]…", help="Pictures to draw; without one, all.")
    ] = None,
    out: Annotated[Path | None, out_option("The folder for the files; by default RUN/plots.")] = None,
    kinds: Annotated[str, typer.Option("--format", help="png, svg, pdf, or several of them.")] = "png,svg",
    sample: Sample = 1,
    learning_rate: LearningRate = 0.1,
    compare: Compare = None,
    data_dir: DataDir = None,
    show_names: Annotated[bool, typer.Option("--list", help="Say which pictures there are.")] = False,
) -> None:
    """Draw every picture of a run, or some of them.

    Examples
    --------
      glassnet plot runs/quick
      glassnet plot runs/quick confusion_matrix mistakes --format pdf
      glassnet plot runs/quick compare --compare runs/default
    """
    from rich.console import Console
    from rich.progress import Progress

    from glassnet.report import FORMATS, choose, open_view, write_pictures

    formats = [kind.strip().lower() for kind in kinds.split(",")]
    if unknown := [kind for kind in formats if kind not in FORMATS]:
        raise typer.BadParameter(f"{unknown[0]!r} is none of {', '.join(FORMATS)}.", param_hint="--format")
    view = open_view(run, sample, learning_rate, compare or [], data_dir)
    pictures, left_out = choose(names or [], view)
    if show_names:
        print("\n".join(f"{picture.name:<22}{picture.heading}" for picture in pictures))
        return
    folder = out or run / "plots"
    written: list[Path] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("drawing", total=len(pictures))
        for picture, paths in write_pictures(pictures, view, folder, formats):
            progress.update(task, advance=1, description=picture.name)
            written += paths
    print("\n".join(map(str, written)))
    for name, reason in left_out.items():
        print(f"no {name}: {reason}")
