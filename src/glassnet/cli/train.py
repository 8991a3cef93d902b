"""``glassnet train``: from a recipe to a run folder."""

import json
import sys
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glassnet.cli.blas import kernels
from glassnet.cli.interruption import Interruption
from glassnet.cli.options import DataDir, Label, force_option, json_option, out_option
from glassnet.cli.overwriting import confirm_overwriting
from glassnet.errors import RecipeError

if TYPE_CHECKING:
    from glassnet.cli.recorders import Recorder
    from glassnet.cli.training_display import TrainingDisplay
    from glassnet.recipe import Recipe, Run, Started
    from glassnet.train import Event

__all__ = ["train"]


def train(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="DATA", help="A data set or a path, instead of the recipe's.")
    ] = None,
    recipe: Annotated[
        str | None,
        typer.Option("--recipe", "-r", help="A recipe's name, file or run folder; see: glassnet recipes"),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="KEY=VALUE", help="Override a key; see: glassnet recipes --keys"),
    ] = None,
    out: Annotated[Path | None, out_option("The run folder; by default runs/RECIPE.", metavar="DIR")] = None,
    force: Annotated[bool, force_option("Replace the run in --out, and the film.", "--overwrite")] = False,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="DIR", help="Resume an interrupted run, bit for bit."),
    ] = None,
    data_dir: DataDir = None,
    label: Label = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Show the curves and the first layer's weights as they change.")
    ] = False,
    animate: Annotated[
        Path | None,
        typer.Option("--animate", metavar="FILE", help="Save that as a film: .gif, or .mp4 with ffmpeg."),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option("--tensorboard", metavar="DIR", help="Write event files for TensorBoard there."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the run folder and nothing else.")
    ] = False,
    as_json: Annotated[bool, json_option("Print one JSON object per line: begin, epochs, end.")] = False,
) -> None:
    """Train a network and write a run folder.

    Without arguments: the bundled 8×8 digits, offline, in seconds. Ctrl-C stops after the current
    step, keeps the run, and says how to resume it.

    Examples
    --------
      glassnet train
      glassnet train mnist --recipe quick --out runs/first
      glassnet train train.csv --recipe seed_004_relu_128
      glassnet train mnist --set training.epochs=5 --set "network.hidden=[300, 100]"
      glassnet train mnist --watch --animate learning.gif
      glassnet train mnist --tensorboard events/first
      glassnet train --resume runs/first
    """
    from glassnet.cli.doctor import remarks
    from glassnet.recipe import run

    if resume is not None and (source or recipe or overrides or out or force or data_dir or label):
        raise RecipeError(
            "--resume takes everything from the run folder. Give no data and no other option with it."
        )
    confirm_overwriting([] if animate is None else [animate], force)
    own = {"source": source, "folder": data_dir, "label": label}
    settings = [f"training.threads={context.obj}"] if context.obj else []
    chosen = _recipe(own, recipe, [*settings, *(overrides or [])], resume)
    made_with = {"kernels": kernels().name or "chosen by OpenBLAS"}
    running = run(chosen, resume or out, resume=resume is not None, overwrite=force, metadata=made_with)
    with ExitStack() as stack:
        interruption = stack.enter_context(Interruption())
        display = stack.enter_context(_display(quiet, as_json, watch))
        recorders = [stack.enter_context(recorder) for recorder in _recorders(animate, events)]
        stack.enter_context(closing(running))
        result = _watched(running, display, recorders, interruption)
    display.conclude(result)
    for recorder in recorders:
        recorder.write(result)
    if not quiet and not as_json:
        for line in remarks(result):
            print(line)


def _watched(
    running: "Iterable[Started | Event | Run]",
    display: "TrainingDisplay",
    recorders: "list[Recorder]",
    interruption: Interruption,
) -> "Run":
    """Show and record every event; what came of it, unless somebody interrupts."""
    from glassnet.recipe import Run, Started
    from glassnet.train import Finished

    for event in running:
        if isinstance(event, Run):
            return event
        if isinstance(event, Started):
            folder = event.whole.path
        display.show(event)
        for recorder in recorders:
            recorder.record(event)
        if interruption.wanted and not isinstance(event, Finished):
            break
    print(f"glassnet: stopped. Go on with: glassnet train --resume {folder}", file=sys.stderr)
    raise typer.Exit(130)


def _recipe(data: dict[str, Any], name: str | None, overrides: list[str], resume: Path | None) -> "Recipe":
    """The recipe of the run to resume, or the one that was chosen, with its changes."""
    from glassnet.recipe import load_recipe, resume_recipe

    if resume is not None:
        return resume_recipe(resume)
    first = [f"data.{key}={json.dumps(str(value))}" for key, value in data.items() if value is not None]
    return load_recipe(name or "default", [*first, *overrides])


def _display(quiet: bool, as_json: bool, watch: bool) -> "TrainingDisplay":
    """What suits the options and the terminal."""
    from glassnet.cli.training_display import JsonLines, QuietDisplay, TextLines

    is_terminal = sys.stdout.isatty()
    if watch and not (quiet or as_json or is_terminal):
        print("glassnet: --watch needs a terminal; here are lines instead.", file=sys.stderr)
    if as_json:
        return JsonLines()
    if quiet:
        return QuietDisplay()
    if not is_terminal:
        return TextLines()
    if watch:
        from glassnet.cli.dashboard import Dashboard

        return Dashboard()
    from glassnet.cli.progress_bar import ProgressBar

    return ProgressBar()


def _recorders(animate: Path | None, events: Path | None) -> "list[Recorder]":
    from glassnet.cli.recorders import AnimationRecorder, EventFileRecorder

    recorders: list[Recorder] = []
    if animate is not None:
        recorders.append(AnimationRecorder(animate))
    if events is not None:
        recorders.append(EventFileRecorder(events))
    return recorders
