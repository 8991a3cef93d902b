"""``glassnet train``: from a recipe to a run folder."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.blas import kernels
from glassnet.cli.interrupt import Interruption
from glassnet.errors import RecipeError

__all__ = ["train"]


def train(
    source: Annotated[
        str | None, typer.Argument(metavar="[DATA]", help="A data set or a path, instead of the recipe's.")
    ] = None,
    recipe: Annotated[
        str | None,
        typer.Option("--recipe", "-r", help="A recipe's name, file or run folder; see: glassnet recipes"),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="KEY=VALUE", help="Override a key; see: glassnet recipes --keys"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="The run folder; else runs/RECIPE.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run that is in --out.")] = False,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="DIR", help="Go on with an interrupted run, bit for bit."),
    ] = None,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", metavar="DIR", help="The folder with the files of MNIST.")
    ] = None,
    live: Annotated[
        bool, typer.Option("--watch", help="Show the curves and the first layer's weights as they change.")
    ] = False,
    animate: Annotated[
        Path | None,
        typer.Option("--animate", metavar="FILE", help="Write the same as a film: .gif, or .mp4 by ffmpeg."),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option("--tensorboard", metavar="DIR", help="Write event files for TensorBoard there."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the run folder and nothing else.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per line: begin, epochs, end.")
    ] = False,
) -> None:
    """Train a network and write a run folder.

    Without arguments: the bundled 8×8 digits, offline, in seconds. Ctrl-C stops behind the present
    step, keeps the run, and says how to go on with it.

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
    from glassnet.cli.watching import Board, Film, watcher
    from glassnet.recipe import Started, load_recipe, resume_recipe, run
    from glassnet.train import Event

    if resume is None:
        named = {"data.source": source, "data.folder": data_dir}
        first = [f"{key}={json.dumps(str(value))}" for key, value in named.items() if value is not None]
        chosen = load_recipe(recipe or "default", [*first, *(overrides or [])])
    else:
        if source or recipe or overrides or out or overwrite or data_dir:
            raise RecipeError(
                "--resume takes everything from the run folder. Give no data and no other option with it."
            )
        chosen = resume_recipe(resume)
    with Interruption() as interruption, watcher(quiet, as_json, live) as watch, Board(events) as board:
        film = None if animate is None else Film(animate)

        def watch_or_stop(event: Started | Event) -> bool:
            watch.see(event)
            if film is not None:
                film.see(event)
            board.see(event)
            return interruption.wanted

        result = run(
            chosen,
            resume or out,
            watch=watch_or_stop,
            resume=resume is not None,
            overwrite=overwrite,
            metadata={"kernels": kernels().name or "chosen by OpenBLAS"},
        )
    if result.finished:
        watch.conclude(result)
        if film is not None:
            film.write(result)
        if not quiet and not as_json:
            for line in remarks(result):
                print(line)
        return
    print(f"glassnet: stopped. Go on with: glassnet train --resume {result.folder.path}", file=sys.stderr)
    raise typer.Exit(130)
