"""The models that can be used: the shipped one, those in run folders, and a tab's own."""

import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from glassnet.errors import GlassnetError
from glassnet.model import Model
from glassnet.play.errors import RequestError
from glassnet.play.registered_model import RegisteredModel
from glassnet.play.session import Session
from glassnet.play.settings import Settings
from glassnet.pretraining import SHIPPED

__all__ = ["ModelRegistry"]

SMALL = "digits"
"""The name of the network that is trained at start where no model ships with the package."""


class ModelRegistry:
    """Where models are found by their names; each is read once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._loaded: dict[str, tuple[float, RegisteredModel]] = {}

    def warm(self) -> None:
        """Have the first model ready before somebody asks for it."""
        threading.Thread(target=self.get, args=(self.first,), daemon=True).start()

    @property
    def first(self) -> str:
        """The name of the model that pages begin with."""
        if self.settings.model is not None:
            return "own"
        return "pretrained" if _pretrained_file() else SMALL

    def titles(self, session: Session | None = None) -> dict[str, str]:
        """All names with their titles; the first one is what pages begin with."""
        found: dict[str, str] = {}
        if self.settings.model is not None:
            found["own"] = self.settings.model.name
        if _pretrained_file():
            found["pretrained"] = "The model that comes with Glassnet"
        found[SMALL] = "A small network on 8×8 digits, trained at start"
        if session is not None:
            found |= {id_: item.title for id_, item in session.models.items()}
        for path in sorted(self.settings.runs.glob("*/model.safetensors")):
            found[f"run:{path.parent.name}"] = f"Run {path.parent.name}"
        return found

    def get(self, id_: str, session: Session | None = None) -> RegisteredModel:
        """The model of that name.

        Raises
        ------
        RequestError
            When there is none, or its file cannot be read.
        """
        if session is not None and id_ in session.models:
            return session.models[id_]
        with self._lock:
            path = self._path(id_)
            changed = path.stat().st_mtime if path is not None else 0.0
            known = self._loaded.get(id_)
            if known is not None and known[0] == changed:
                return known[1]
            try:
                model = train_small_model() if path is None else Model.load(path)
            except GlassnetError as error:
                raise RequestError(422, str(error)) from error
            item = RegisteredModel(id_, self.titles()[id_], model)
            self._loaded[id_] = (changed, item)
            return item

    def _path(self, id_: str) -> Path | None:
        """The file of a model; None for the one that is trained at start."""
        if id_ not in self.titles():
            raise RequestError(404, f"There is no model {id_[:100]!r}. Choose another one.")
        if id_ == SMALL:
            return None
        if id_ == "pretrained":
            return _pretrained_file()
        path = self.settings.runs / id_.removeprefix("run:") if id_ != "own" else self.settings.model
        assert path is not None  # "own" is a title only then
        return path / "model.safetensors" if path.is_dir() else path


def _pretrained_file() -> Path | None:
    return SHIPPED if SHIPPED.exists() else None


def train_small_model() -> Model:
    """A network on the bundled 8×8 digits, distorted a little, as drawings are not scanned forms."""
    from glassnet.recipe import finish, load_recipe, run

    changes: dict[str, Any] = {
        "network.hidden": [128, 64],
        "optimizer.learning_rate": 0.005,
        "training.epochs": 25,
        "training.batch_size": 64,
        "augment.shift": 0.8,
        "augment.rotation": 12.0,
        "augment.shear": 8.0,
        "augment.scale": 0.15,
        "augment.thickness": 0.5,
    }
    recipe = load_recipe("default", [f"{key}={value}" for key, value in changes.items()])
    with TemporaryDirectory() as folder:
        return finish(run(recipe, Path(folder) / "run")).model
