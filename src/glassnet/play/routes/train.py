"""Train: start, hold, step, stop; live events; use, keep and compare what came of it."""

import asyncio
import re
import shutil
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field

from glassnet.errors import GlassnetError
from glassnet.files import atomic_path
from glassnet.model import Model
from glassnet.play import schemas
from glassnet.play.dependencies import Services, ServicesDep, SessionDep
from glassnet.play.errors import RequestError
from glassnet.play.experiments import Experiment, Options, options, recipe_of
from glassnet.play.registered_model import RegisteredModel
from glassnet.play.session import Session
from glassnet.play.supervisor import Cursor, Supervisor

__all__ = ["router"]

router = APIRouter(prefix="/api/training", tags=["training"])

NEWS_SECONDS = 0.05
MODELS = 6  # that a tab keeps
WATCHERS = 8  # sockets of one training


class TrainingState(BaseModel):
    """Where this tab's training stands."""

    status: Literal["none", "starting", "running", "paused", "ended", "failed"]
    recipe: dict[str, Any] | None
    previous: list[dict[str, Any]] = Field(description="the epochs of the training before this one")


class Keep(BaseModel):
    """Keep a finished training as a run folder."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=60)


@router.get("/options")
def list_options(services: ServicesDep, session: SessionDep) -> Options:
    """What can be chosen on the Train page."""
    return options(services.settings.limits)


@router.get("")
def show_training(session: SessionDep) -> TrainingState:
    """Where this tab's training stands."""
    return _state(session)


def _state(session: Session) -> TrainingState:
    training = session.training
    return TrainingState(
        status="none" if training is None else training.status,
        recipe=None if training is None else training.recipe,
        previous=session.previous,
    )


@router.post("")
def start_training(wanted: Experiment, services: ServicesDep, session: SessionDep) -> TrainingState:
    """Start a training; one that still runs in this tab ends."""
    limits = services.settings.limits
    recipe = recipe_of(wanted, services.data, session, limits)
    with session.lock:
        before = session.training
        if before is not None:
            if before.epochs:
                session.previous = before.epochs
            before.end()
        if services.sessions.trainings() >= limits.trainings:
            raise RequestError(
                429, f"{limits.trainings} trainings run on this machine already. Try again in a minute."
            )
        session.started += 1
        folder = session.folder / f"training-{session.started}"
        session.training = Supervisor(recipe, folder, limits.training_seconds, wanted.pace)
        if wanted.paused:
            session.training.tell("pause")
        if before is not None:
            shutil.rmtree(before.folder, ignore_errors=True)
    return _state(session)


def _training(session: Session) -> Supervisor:
    if session.training is None:
        raise RequestError(409, "Nothing is trained in this tab. Start a training.")
    return session.training


@router.post("/use")
def use_model(services: ServicesDep, session: SessionDep) -> schemas.Named:
    """The model as it is now, for the other pages."""
    training = _training(session)
    path = training.model_file()
    try:
        model = Model.load(path)
    except GlassnetError as error:
        raise RequestError(409, str(error)) from error
    done = len(training.epochs)
    with session.lock:
        number = session.started
        id_ = f"trained-{number}-{done}"
        title = f"Trained here, no. {number}, {done} epoch{'' if done == 1 else 's'}"
        session.models[id_] = RegisteredModel(id_, title, model)
        while len(session.models) > MODELS:
            session.models.pop(next(iter(session.models)))
    return schemas.Named(id=id_, title=title)


@router.post("/keep")
def keep_run(wanted: Keep, services: ServicesDep, session: SessionDep) -> schemas.Named:
    """Copy the run folder to the others, where every command finds it."""
    training = _training(session)
    if not training.is_over:
        raise RequestError(409, "Stop the training first, then it can be kept.")
    path = training.model_file().parent
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted.name).strip("-") or "play"
    with session.lock:
        number, target = 1, services.settings.runs / name
        while target.exists():
            number += 1
            target = services.settings.runs / f"{name}-{number}"
        _copy_run(path, target)
    return schemas.Named(id=f"run:{target.name}", title=f"Run {target.name}")


def _copy_run(source: Path, target: Path) -> None:
    """All or nothing; the model, by which a run is found, comes last."""
    try:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.safetensors"))
        with atomic_path(target / "model.safetensors") as temporary:
            shutil.copyfile(source / "model.safetensors", temporary)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise


@router.post("/{command}")
def command_training(
    command: Literal["pause", "resume", "batch", "epoch", "stop"], session: SessionDep
) -> TrainingState:
    """Pause, go on, do one batch or one epoch, stop."""
    _training(session).tell(command)
    return _state(session)


@router.websocket("/live")
async def live(socket: WebSocket, session: str = "") -> None:
    """Everything that the training reports, from its start; when nobody listens any more, it is held."""
    services: Services = socket.app.state.services
    try:
        training = _training(services.sessions.get(session))
        if training.watchers >= WATCHERS:
            raise RequestError(429, "This training is watched by enough tabs already.")
    except RequestError as error:
        await socket.close(1008, error.message)
        return
    await socket.accept()
    training.add_watcher()
    telling = asyncio.create_task(_tell(socket, training))
    telling.add_done_callback(lambda task: task.cancelled() or task.exception())  # seen, if nobody waits
    try:
        while True:  # nothing is expected; this ends when the tab is gone
            await socket.receive_text()
    except (WebSocketDisconnect, RuntimeError, KeyError):
        pass
    finally:
        training.remove_watcher()  # at once: whatever is awaited here may be cancelled
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _tell(socket: WebSocket, training: Supervisor) -> None:
    seen = Cursor()
    while True:
        over = training.is_over
        messages, seen = training.news(seen)
        for message in messages:
            await socket.send_json(message)
        if over:
            await socket.close()
            return
        await asyncio.sleep(NEWS_SECONDS)
