"""Running a recipe: data, network, training, figures, run folder."""

import platform
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glassnet import __version__
from glassnet.data import Preparation
from glassnet.errors import RecipeError, TrainingError
from glassnet.evaluation import evaluate, score
from glassnet.model import Model
from glassnet.recipe import tomlfile
from glassnet.recipe.building import build_distortion, build_network, build_optimizer, build_schedule
from glassnet.recipe.folder import RunFolder
from glassnet.recipe.parts import Parts, complete, load_parts
from glassnet.recipe.sections import Recipe
from glassnet.robustness import robustness
from glassnet.train import Event, Finished, History, Step, Training, TrainingState, train, watch_layers
from glassnet.train.listeners import checkpoint, stop_early

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
    state = TrainingState.load(folder.checkpoint) if resume and folder.checkpoint.exists() else None
    training = _training(recipe, parts, model, state)
    if not resume:
        folder.clear()
        folder.write_text(folder.recipe, _recipe_text(recipe, folder))
    watch = watch or (lambda event: None)
    if watch(Started(recipe, folder, parts, model, training.step, training.steps, training.seconds)):
        return _stopped(recipe, folder, model, parts, training)
    finished: Finished | None = None
    losses: deque[float] = deque(maxlen=LAST_LOSSES)
    try:
        for event in _listened(recipe, folder, training):
            if isinstance(event, Step):
                losses.append(event.loss)
            finished = event if isinstance(event, Finished) else None
            if watch(event) and finished is None:
                return _stopped(recipe, folder, model, parts, training)
    except TrainingError as error:
        raise _diverged(error, folder, training, list(losses)) from error
    assert finished is not None  # a training ends with this event
    figures = _figures(recipe, parts, model, training, finished, began)
    model.metadata.update(recipe=recipe.to_dict(), figures=_summary(figures), machine=_machine(metadata))
    training.history.to_csv(folder.history)
    folder.write_evaluation(figures)
    model.save(folder.model)
    folder.checkpoint.unlink(missing_ok=True)
    folder.diverged.unlink(missing_ok=True)
    return Run(recipe, folder, model, parts, training.history, figures, finished=True)


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


def _training(recipe: Recipe, parts: Parts, model: Model, state: TrainingState | None) -> Training:
    section = recipe.training
    return train(
        model.network,
        parts.train,
        build_optimizer(recipe.optimizer),
        epochs=section.epochs,
        batch_size=None if section.batch_size == "full" else int(section.batch_size),
        validation=parts.validation,
        schedule=build_schedule(recipe.optimizer),
        seed=recipe.seed,
        preparation=model.preparation,
        class_weight="balanced" if section.class_weight == "balanced" else None,
        clip_norm=section.clip_norm or None,
        clip_value=section.clip_value or None,
        average=section.average or None,
        augment=build_distortion(recipe.augment),
        start=state,
    )


def _listened(recipe: Recipe, folder: RunFolder, training: Training) -> Iterator[Event]:
    section = recipe.training
    events: Any = watch_layers(training)
    if section.patience:
        events = stop_early(events, patience=section.patience, min_delta=section.min_delta)
    # By time alone: a full-batch epoch can be shorter than writing a checkpoint takes.
    never = section.epochs + 1
    return checkpoint(events, folder.checkpoint, every_epochs=never, every_seconds=section.checkpoint_seconds)


def _stopped(recipe: Recipe, folder: RunFolder, model: Model, parts: Parts, training: Training) -> Run:
    training.state().save(folder.checkpoint)
    training.history.to_csv(folder.history)
    return Run(recipe, folder, model, parts, training.history, {}, finished=False)


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


def _figures(
    recipe: Recipe, parts: Parts, model: Model, training: Training, finished: Finished, began: float
) -> dict[str, Any]:
    loss, accuracy = score(model.network, parts.train, model.preparation)
    figures: dict[str, Any] = {
        "recipe": recipe.name,
        "source": recipe.data.source,
        "epochs": finished.epochs,
        "ended": finished.reason,
        "best_epoch": finished.best_epoch,
        "train": {"samples": len(parts.train), "loss": loss, "accuracy": accuracy},
    }
    for name, part in (("validation", parts.validation), ("test", parts.test)):
        if part is not None:
            figures[name] = evaluate(model, part).to_dict()
    held_out = parts.held_out()
    card = None if held_out is None else robustness(model, held_out[1])
    if held_out is not None and card is not None:  # images with classes
        figures[held_out[0]]["robustness"] = card.to_dict()
    figures["seconds"] = {"training": training.seconds, "all": time.perf_counter() - began}
    return figures


def _summary(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures that a model carries with it: the size, loss and accuracy of each part, and the time."""
    summary: dict[str, Any] = {"epochs": figures["epochs"], "seconds": figures["seconds"]}
    for name in ("train", "validation", "test"):
        if name in figures:
            keys = ("samples", "loss", "accuracy", "r2")
            summary[name] = {key: figures[name][key] for key in keys if figures[name].get(key) is not None}
    return summary


def _machine(more: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "processor": platform.machine(),
        "system": platform.system(),
        **(more or {}),
    }


def _recipe_text(recipe: Recipe, folder: RunFolder) -> str:
    command = f"glassnet train --recipe {folder.recipe}"
    head = f"# Written by Glassnet {__version__}. It alone repeats the run: {command}\n\n"
    return head + tomlfile.write(recipe.to_dict())
