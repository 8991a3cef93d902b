"""Running a recipe: an iterator of events, and at the end a run folder."""

import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from glassnet.errors import OutputError, RecipeError, TrainingError
from glassnet.model import Model
from glassnet.nn import ensemble
from glassnet.recipe.build import build_training, untrained
from glassnet.recipe.events import Run, Started
from glassnet.recipe.figures import machine, measure, summary
from glassnet.recipe.load import recipe_of
from glassnet.recipe.parts import Parts, complete, load_parts
from glassnet.recipe.run_folder import RunFolder
from glassnet.recipe.schema import Recipe
from glassnet.train import Event, Finished, History, Step, Training, TrainingState, watch_layers
from glassnet.train.listeners import checkpoint, stop_early
from glassnet.train.threads import choose_threads, limit_threads

__all__ = ["finish", "run"]

LAST_LOSSES = 100
"""Losses of mini-batches that are kept for the doctor when a training diverges."""


def run(
    recipe: Recipe,
    out_dir: str | Path | RunFolder | None = None,
    *,
    resume: bool = False,
    overwrite: bool = False,
    metadata: Mapping[str, Any] | None = None,
) -> Generator[Started | Event | Run, None, None]:
    """Run a recipe and write its run folder, while somebody iterates.

    Leave the loop (``break``, or the generator's ``close``), and the training stops between two steps and
    leaves a checkpoint to resume from. Who sees ``Finished`` may rely on the files: the run is whole.

    Parameters
    ----------
    recipe : Recipe
        What to do.
    out_dir : path, optional
        The run folder; without it ``runs/NAME``, or ``runs/NAME-2``, …
    resume : bool
        Go on from the checkpoint in ``out_dir``, as if nothing had happened.
    overwrite : bool
        Replace the files of an earlier run in ``out_dir``.
    metadata : mapping, optional
        More to write into the model's metadata, under "machine".

    Yields
    ------
    Started, Step, Epoch, Finished
        For each training: of an ensemble each member's, one after the other.
    Run
        At last.

    Raises
    ------
    GlassnetError
        When something in the recipe, the data or the folder is wrong, or the training diverges. What was
        written stays; a checkpoint too. ``diverged.json`` then says how it came to that.
    OutputError
        When a file cannot be written. Then there is no run, unless a checkpoint is there to resume from.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from glassnet.recipe import load_recipe
    >>> recipe = load_recipe("default", ["training.epochs=1", "data.limit=100", "training.batch_size=80"])
    >>> with TemporaryDirectory() as folder:
    ...     [type(event).__name__ for event in run(recipe, folder)]
    ['Started', 'Step', 'Epoch', 'Finished', 'Run']
    """
    out = out_dir.path if isinstance(out_dir, RunFolder) else None if out_dir is None else Path(out_dir)
    folder = RunFolder.to_resume(out) if resume else RunFolder.choose(out, recipe.name, overwrite)
    try:
        yield (yield from _run(recipe, folder, folder, resume, metadata))
    except OutputError as error:  # the disk is full, for instance
        raise _unwritten(error, folder) from error


def finish(events: Iterable[Started | Event | Run]) -> Run:
    """Let a run go on to its end; give what came of it: ``finish(run(recipe))``."""
    *_, last = deque(events, maxlen=1)
    assert isinstance(last, Run)
    return last


class Outcome(NamedTuple):
    """What came of the training alone."""

    history: History
    seconds: float
    ended: Mapping[str, Any]
    finished: Finished | None


Events = Generator[Started | Event, None, Outcome]


def _run(
    recipe: Recipe, folder: RunFolder, whole: RunFolder, resume: bool, metadata: Mapping[str, Any] | None
) -> Generator[Started | Event, None, Run]:
    """All events but the last, which it returns."""
    began = time.perf_counter()
    folder.sweep()
    parts = load_parts(recipe.data, recipe.seed)
    recipe = complete(recipe, parts.fingerprint)
    model = untrained(recipe, parts)
    recipe = _with_threads(recipe, model, len(parts.train))
    with limit_threads(int(recipe.training.threads)):
        if recipe.ensemble.together:
            outcome = yield from _train_members(recipe, folder, model, resume, metadata)
        else:
            outcome = yield from _train(recipe, folder, whole, parts, model, resume)
        figures = measure(recipe, parts, model, outcome.ended, outcome.seconds, began)
    model.metadata.update(recipe=recipe.to_dict(), figures=summary(figures), machine=machine(metadata))
    folder.write_history(outcome.history)
    folder.write_evaluation(figures)
    model.save(folder.model)
    folder.checkpoint.unlink(missing_ok=True)
    folder.diverged.unlink(missing_ok=True)
    if outcome.finished is not None:
        yield outcome.finished
    return Run(recipe, folder, model, parts, outcome.history, figures)


def _with_threads(recipe: Recipe, model: Model, samples: int) -> Recipe:
    """The recipe with a number of threads, its own or what pays now: the same number gives the same bits."""
    section = recipe.training
    if section.threads != "auto":
        return recipe
    size = samples if section.batch_size == "full" else min(int(section.batch_size), samples)
    threads = choose_threads(model.network, size)
    return recipe.model_copy(update={"training": section.model_copy(update={"threads": threads})})


def _train(
    recipe: Recipe, folder: RunFolder, whole: RunFolder, parts: Parts, model: Model, resume: bool
) -> Events:
    """Train the model's network."""
    state = TrainingState.load(folder.checkpoint) if resume and folder.checkpoint.exists() else None
    training = build_training(recipe, parts, model, state)
    if not resume:
        folder.begin(recipe.to_dict())
    events = _listened(recipe, folder, training)
    losses: deque[float] = deque(maxlen=LAST_LOSSES)
    finished: Finished | None = None
    try:
        yield Started(recipe, folder, whole, parts, model, training.step, training.steps, training.seconds)
        for event in events:
            if isinstance(event, Finished):
                finished = event
                continue
            if isinstance(event, Step):
                losses.append(event.loss)
            yield event
    except GeneratorExit:  # nobody listens any more
        folder.write_history(training.history)
        training.state().save(folder.checkpoint)
        raise
    except TrainingError as error:
        raise _diverged(error, folder, training, list(losses)) from error
    assert finished is not None  # a training ends with this event
    ended = {"epochs": finished.epochs, "ended": finished.reason, "best_epoch": finished.best_epoch}
    return Outcome(training.history, training.seconds, ended, finished)


def _train_members(
    recipe: Recipe, folder: RunFolder, model: Model, resume: bool, metadata: Mapping[str, Any] | None
) -> Events:
    """Train the members of an ensemble one after the other, each a run of its own inside the folder."""
    if not resume:
        folder.begin(recipe.to_dict())
    members, histories = [], []
    for number in range(1, recipe.ensemble.size + 1):
        place, its_recipe = folder.member(number), recipe.of_member(number)
        if not (resume and _is_trained(place, its_recipe)):
            goes_on = resume and place.checkpoint.exists()
            yield from _run(its_recipe, place, folder, goes_on, metadata)
        members.append(Model.load(place.path))
        histories.append(History.from_csv(place.history))
    model.network = ensemble([member.network for member in members])
    figures = [member.metadata["figures"] for member in members]
    ended = {"epochs": max(map(len, histories)), "ended": "done", "best_epoch": None, "members": figures}
    seconds = sum(each["seconds"]["training"] for each in figures)
    return Outcome(History.mean(histories), seconds, ended, None)


def _is_trained(place: RunFolder, recipe: Recipe) -> bool:
    """Whether a member is there already, as the recipe wants it."""
    if not place.model.exists() or place.checkpoint.exists():
        return False
    model = Model.load(place.path)
    told = recipe_of(model, place.path)
    same_size = told.ensemble.model_copy(update={"size": recipe.ensemble.size})  # others do not matter
    seconds = model.metadata.get("figures", {}).get("seconds")
    timed = isinstance(seconds, dict) and "training" in seconds
    if told.model_copy(update={"ensemble": same_size}) != recipe or not timed:
        raise RecipeError(
            f"{place.path} was trained with another recipe than {place.path.parent.parent / 'recipe.toml'}. "
            "Remove it, then it is trained anew."
        )
    return True


def _unwritten(error: OutputError, folder: RunFolder) -> OutputError:
    """Leave a whole run, one that can be resumed, or none; give the error that says which."""
    if folder.model.exists():
        return error
    if folder.can_resume:
        return OutputError(f"{error} Then go on with: glassnet train --resume {folder.path}")
    folder.remove()
    return error


def _listened(recipe: Recipe, folder: RunFolder, training: Training) -> Iterator[Event]:
    section = recipe.training
    events: Any = watch_layers(training)
    if section.patience:
        events = stop_early(events, patience=section.patience, min_delta=section.min_delta)
    # By time alone: a full-batch epoch can be shorter than writing a checkpoint takes.
    never = section.epochs + 1
    return checkpoint(events, folder.checkpoint, every_epochs=never, every_seconds=section.checkpoint_seconds)


def _diverged(
    error: TrainingError, folder: RunFolder, training: Training, losses: list[float]
) -> TrainingError:
    """Keep what there is of a training that cannot go on; give the error that says where to look."""
    folder.write_history(training.history)
    folder.write_diverged(
        {
            "error": str(error),
            "epoch": training.epoch,
            "step": training.step,
            "steps": training.steps,
            "learning_rate": training.learning_rate(training.step),
            "losses": losses,
        }
    )
    return TrainingError(f"{error} What led to it: glassnet doctor {folder.path}")
