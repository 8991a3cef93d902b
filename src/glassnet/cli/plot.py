"""``glassnet plot``: every picture of a run, as files."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Compare, DataDir, Force, LearningRate, ModelArgument, Sample, out_option
from glassnet.cli.overwriting import confirm_overwriting

__all__ = ["plot"]


def plot(
    run: ModelArgument,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Pictures to draw; by default all.")
    ] = None,
    out: Annotated[Path | None, out_option("The folder for the files; by default RUN/plots.")] = None,
    kinds: Annotated[str, typer.Option("--format", help="png, svg, pdf, or several of them.")] = "png,svg",
    sample: Sample = 1,
    learning_rate: LearningRate = 0.1,
    compare: Compare = None,
    data_dir: DataDir = None,
    force: Force = False,
    show_names: Annotated[bool, typer.Option("--list", help="List the pictures.")] = False,
) -> None:
    """Draw every picture of a run, or some of them.

    For a model file, only those that need just the model and data that it knows; how it learned is
    recorded only in a run folder.

    Examples
    --------
      glassnet plot runs/quick
      glassnet plot runs/quick confusion_matrix mistakes --format pdf
      glassnet plot runs/quick compare --compare runs/default
      glassnet plot pretrained first_layer_weights
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
    folder = out or _folder_of(run)
    if out is not None:  # in a run's own folder there are its own pictures
        confirm_overwriting(
            (out / f"{picture.name}.{kind}" for picture in pictures for kind in formats), force
        )
    written: list[Path] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("drawing", total=len(pictures))
        for picture, paths in write_pictures(pictures, view, folder, formats):
            progress.update(task, advance=1, description=picture.name)
            written += paths
    print("\n".join(map(str, written)))
    for name, reason in left_out.items():
        print(f"no {name}: {reason}")


def _folder_of(run: Path) -> Path:
    """Where the pictures of a run or of a model file go."""
    from glassnet.pretraining import SHIPPED

    if run.is_dir():
        return run / "plots"
    return Path("plots") / ("pretrained" if run == SHIPPED else run.stem)
