"""Running a recipe: data, network, training, figures, run folder."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from glassnet.data import Preparation
from glassnet.errors import RecipeError, TrainingError
from glassnet.model import Model
from glassnet.nn import committee
from glassnet.recipe import toml_text
from glassnet.recipe.build import build_network, build_training
from glassnet.recipe.figures import machine, measure, summary
from glassnet.recipe.parts import Parts, complete, load_parts
from glassnet.recipe.run_folder import RunFolder
from glassnet.recipe.schema import Recipe
from glassnet.train import Event, Finished, History, Step, Training, TrainingState, watch_layers
from glassnet.train.listeners import checkpoint, stop_early
from glassnet.version import __version__

__all__ = ["Run", "Started", "run", "untrained"]

LAST_LOSSES = 100
"""Losses of mini-batches that are kept for the doctor when a training diverges."""


@dataclass(frozen=True)
class Started:
    """The first thing that a watcher hears: everything is ready, and the training begins or goes on.

    Attributes
    ----------
    recipe : Recipe
        As it stands in the run folder.
    folder : RunFolder
    parts : Parts
    model : Model
        Not trained yet.
    resumed_at : int
        Steps that were done before; 0 for a new run.
    steps : int
        Steps in an epoch.
    seconds : float
        Time that was spent on training before.
    """

    recipe: Recipe
    folder: RunFolder
    parts: Parts
    model: Model
    resumed_at: int
    steps: int
    seconds: float


@dataclass(frozen=True)
class Run:
    """What came of it.

    Attributes
    ----------
    recipe : Recipe
    folder : RunFolder
    model : Model
    parts : Parts
    history : History
    figures : dict
        As in ``evaluation.json``; empty for a run that was stopped.
    finished : bool
        False when the watcher stopped it; then the folder holds a checkpoint from which it can go on.
    """

    recipe: Recipe
    folder: RunFolder
    model: Model
    parts: Parts
    history: History
    figures: dict[str, Any]
    finished: bool


Watcher = Callable[[Started | Event], bool | None]


def run(
    recipe: Recipe,
    out_dir: str | Path | RunFolder | None = None,
    *,
    watch: Watcher | None = None,
    resume: bool = False,
    overwrite: bool = False,
    metadata: Mapping[str, Any] | None = None,
) -> Run:
    """Run a recipe and write its run folder.

    Parameters
    ----------
    recipe : Recipe
        What to do.
    out_dir : path, optional
        The run folder; without it ``runs/NAME``, or ``runs/NAME-2``, …
    watch : callable, optional
        Called with :class:`Started` and then with each event of the training; when it returns True, the
        training stops behind that step and leaves a checkpoint.
    resume : bool
        Go on from the checkpoint in ``out_dir``, as if nothing had happened.
    overwrite : bool
        Replace the files of an earlier run in ``out_dir``.
    metadata : mapping, optional
        More to write into the model's metadata, under "machine".

    Returns
    -------
    Run

    Raises
    ------
    GlassnetError
        When something in the recipe, the data or the folder is wrong, or the training diverges. What was
        written stays; a checkpoint too. ``diverged.json`` then says how it came to that.
    """
    began = time.perf_counter()
    folder = _folder_for(recipe, out_dir, resume, overwrite)
    parts = load_parts(recipe.data, recipe.seed)
    recipe = complete(recipe, parts.fingerprint)
    model = untrained(recipe, parts)
    learn = _learn_together if recipe.committee.together else _learn
    outcome = learn(recipe, folder, parts, model, watch or (lambda event: None), resume, metadata)
    if not outcome.ended:
        return Run(recipe, folder, model, parts, outcome.history, {}, finished=False)
    figures = measure(recipe, parts, model, outcome.ended, outcome.seconds, began)
    model.metadata.update(recipe=recipe.to_dict(), figures=summary(figures), machine=machine(metadata))
    outcome.history.to_csv(folder.history)
    folder.write_evaluation(figures)
    model.save(folder.model)
    folder.checkpoint.unlink(missing_ok=True)
    folder.diverged.unlink(missing_ok=True)
    return Run(recipe, folder, model, parts, outcome.history, figures, finished=True)


class Outcome(NamedTuple):
    """What came of the training alone; nothing is said of an end where it was stopped."""

    history: History
    seconds: float = 0.0
    ended: Mapping[str, Any] = MappingProxyType({})


def _learn(
    recipe: Recipe,
    folder: RunFolder,
    parts: Parts,
    model: Model,
    watch: Watcher,
    resume: bool,
    metadata: Mapping[str, Any] | None,
) -> Outcome:
    """Train the model's network."""
    state = TrainingState.load(folder.checkpoint) if resume and folder.checkpoint.exists() else None
    training = build_training(recipe, parts, model, state)
    if not resume:
        _begin(folder, recipe)
    if watch(Started(recipe, folder, parts, model, training.step, training.steps, training.seconds)):
        return _stopped(folder, training)
    finished: Finished | None = None
    losses: deque[float] = deque(maxlen=LAST_LOSSES)
    try:
        for event in _listened(recipe, folder, training):
            if isinstance(event, Step):
                losses.append(event.loss)
            finished = event if isinstance(event, Finished) else None
            if watch(event) and finished is None:
                return _stopped(folder, training)
    except TrainingError as error:
        raise _diverged(error, folder, training, list(losses)) from error
    assert finished is not None  # a training ends with this event
    ended = {"epochs": finished.epochs, "ended": finished.reason, "best_epoch": finished.best_epoch}
    return Outcome(training.history, training.seconds, ended)


def _learn_together(
    recipe: Recipe,
    folder: RunFolder,
    parts: Parts,
    model: Model,
    watch: Watcher,
    resume: bool,
    metadata: Mapping[str, Any] | None,
) -> Outcome:
    """Train the members of a committee one after the other, each a run of its own inside the folder."""
    if not resume:
        _begin(folder, recipe)
    members, histories = [], []
    for number in range(1, recipe.committee.size + 1):
        place, its_recipe = folder.member(number), recipe.of_member(number)
        if not (resume and _is_trained(place, its_recipe)):
            goes_on = resume and place.checkpoint.exists()
            one = run(its_recipe, place, watch=watch, resume=goes_on, overwrite=True, metadata=metadata)
            if not one.finished:
                model.network = one.model.network
                return Outcome(one.history)
        members.append(Model.load(place.path))
        histories.append(History.from_csv(place.history))
    model.network = committee([member.network for member in members])
    figures = [member.metadata["figures"] for member in members]
    ended = {"epochs": max(map(len, histories)), "ended": "done", "best_epoch": None, "members": figures}
    return Outcome(History.mean(histories), sum(each["seconds"]["training"] for each in figures), ended)


def _is_trained(place: RunFolder, recipe: Recipe) -> bool:
    """Whether a member is there already, as the recipe wants it."""
    if not place.model.exists() or place.checkpoint.exists():
        return False
    told = Recipe.model_validate(Model.load(place.path).metadata.get("recipe", {}))
    same_size = told.committee.model_copy(
        update={"size": recipe.committee.size}
    )  # how many others does not matter
    if told.model_copy(update={"committee": same_size}) != recipe:
        raise RecipeError(
            f"{place.path} was trained with another recipe than {place.path.parent.parent / 'recipe.toml'}. "
            "Remove it, then it is trained anew."
        )
    return True


def _begin(folder: RunFolder, recipe: Recipe) -> None:
    folder.clear()
    folder.write_text(folder.recipe, _recipe_text(recipe, folder))


def _folder_for(
    recipe: Recipe, out_dir: str | Path | RunFolder | None, resume: bool, overwrite: bool
) -> RunFolder:
    if isinstance(out_dir, RunFolder):
        out_dir = out_dir.path
    if not resume:
        return RunFolder.choose(None if out_dir is None else Path(out_dir), recipe.name, overwrite)
    if out_dir is None:
        raise RecipeError("Resuming needs the folder of the run.")
    folder = RunFolder(Path(out_dir))
    if folder.model.exists() and not folder.checkpoint.exists():
        raise RecipeError(
            f"{folder.path} is complete, there is nothing to resume. Repeat it with --recipe {folder.path}"
        )
    return folder


def untrained(recipe: Recipe, parts: Parts) -> Model:
    """The model of a recipe as it is before the first step."""
    data = parts.train
    kind = recipe.data.prepare
    preparation = Preparation.default(data) if kind == "auto" else Preparation.fit(data, kind)
    names = data.class_names if data.has_classes else None
    return Model(build_network(recipe, data), preparation, names, data.image_shape)


def _listened(recipe: Recipe, folder: RunFolder, training: Training) -> Iterator[Event]:
    section = recipe.training
    events: Any = watch_layers(training)
    if section.patience:
        events = stop_early(events, patience=section.patience, min_delta=section.min_delta)
    # By time alone: a full-batch epoch can be shorter than writing a checkpoint takes.
    never = section.epochs + 1
    return checkpoint(events, folder.checkpoint, every_epochs=never, every_seconds=section.checkpoint_seconds)


def _stopped(folder: RunFolder, training: Training) -> Outcome:
    training.state().save(folder.checkpoint)
    training.history.to_csv(folder.history)
    return Outcome(training.history)


def _diverged(
    error: TrainingError, folder: RunFolder, training: Training, losses: list[float]
) -> TrainingError:
    """Keep what there is of a training that cannot go on; give the error that says where to look."""
    training.history.to_csv(folder.history)
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


def _recipe_text(recipe: Recipe, folder: RunFolder) -> str:
    command = f"glassnet train --recipe {folder.recipe}"
    head = f"# Written by Glassnet {__version__}. It alone repeats the run: {command}\n\n"
    return head + toml_text.write(recipe.to_dict())
