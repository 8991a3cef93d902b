"""The folder of a run: which files it holds, and how it comes to be."""

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glassnet.errors import ModelFileError, RecipeError
from glassnet.files import atomic_path, sweep_parts
from glassnet.recipe import toml_text
from glassnet.train import History
from glassnet.version import __version__

__all__ = ["RunFolder", "newest_run"]

RUNS = Path("runs")
MEMBERS = "members"
FILES = (
    "model.safetensors", "recipe.toml", "history.csv", "evaluation.json", "checkpoint.safetensors",
    "diverged.json",
)  # fmt: skip


@dataclass(frozen=True)
class RunFolder:
    """Where a run keeps its files.

    Examples
    --------
    >>> RunFolder(Path("runs/quick")).model.name
    'model.safetensors'
    """

    path: Path

    @property
    def model(self) -> Path:
        """The trained model."""
        return self.path / "model.safetensors"

    @property
    def recipe(self) -> Path:
        """The complete recipe: it alone repeats the run."""
        return self.path / "recipe.toml"

    @property
    def history(self) -> Path:
        """The figures of each epoch."""
        return self.path / "history.csv"

    @property
    def evaluation(self) -> Path:
        """The final figures."""
        return self.path / "evaluation.json"

    @property
    def checkpoint(self) -> Path:
        """Where the training stands; only while it runs or after it was interrupted."""
        return self.path / "checkpoint.safetensors"

    @property
    def diverged(self) -> Path:
        """Why the training could not go on; only where it could not."""
        return self.path / "diverged.json"

    def member(self, number: int) -> "RunFolder":
        """The run of one member of an ensemble, counted from 1."""
        return RunFolder(self.path / MEMBERS / str(number))

    @property
    def members(self) -> list["RunFolder"]:
        """Those members' runs that are there."""
        return [RunFolder(path) for path in (self.path / MEMBERS).glob("[0-9]*")]

    @classmethod
    def choose(cls, out: Path | None, name: str, overwrite: bool = False) -> "RunFolder":
        """Find a folder for a new run, without making it yet.

        Parameters
        ----------
        out : Path, optional
            The folder that was asked for; without it the first free one of
            ``runs/NAME``, ``runs/NAME-2``, …
        name : str
            The recipe's name.
        overwrite : bool
            Whether the files of an earlier run in ``out`` may go.

        Raises
        ------
        RecipeError
            When ``out`` holds files already.
        """
        if out is None:
            number = 1
            while _is_used(path := RUNS / (name if number == 1 else f"{name}-{number}")):
                number += 1
            return cls(path)
        if out.exists() and not out.is_dir():
            raise RecipeError(f"{out} is a file; a run needs a folder. Give another --out.")
        if _is_used(out) and not overwrite:
            unfinished = (out / "checkpoint.safetensors").exists()
            continuing = f", continue it with --resume {out}" if unfinished else ""
            raise RecipeError(
                f"{out} is not empty. Give another --out{continuing}, or replace it with --overwrite."
            )
        return cls(out)

    @classmethod
    def to_resume(cls, out: Path | None) -> "RunFolder":
        """The folder of a run that was interrupted.

        Raises
        ------
        RecipeError
            When none is named, or its run is whole.
        """
        if out is None:
            raise RecipeError("Resuming needs the folder of the run.")
        folder = cls(out)
        if folder.model.exists() and not folder.checkpoint.exists():
            raise RecipeError(f"{out} is complete, there is nothing to resume. Repeat it with --recipe {out}")
        return folder

    def begin(self, recipe: Mapping[str, Any]) -> None:
        """Write the recipe, then remove the files of an earlier run: where that fails, they stay."""
        command = f"glassnet train --recipe {self.recipe}"
        head = f"# Written by Glassnet {__version__}. It alone repeats the run: {command}\n\n"
        self.write_text(self.recipe, head + toml_text.write(recipe))
        self.clear(but=self.recipe)

    def sweep(self) -> None:
        """Remove what a killed process left of files that it was writing here."""
        for name in FILES:
            sweep_parts(self.path / name)

    def clear(self, but: Path | None = None) -> None:
        """Make the folder; remove the files of an earlier run, and nothing else; one of them may stay."""
        self.path.mkdir(parents=True, exist_ok=True)
        for folder in (self, *self.members):
            for name in FILES:
                if folder.path / name != but:
                    (folder.path / name).unlink(missing_ok=True)

    @property
    def can_resume(self) -> bool:
        """Whether a training that broke off left something to go on from."""
        return self.checkpoint.exists() or any(
            m.checkpoint.exists() or m.model.exists() for m in self.members
        )

    def remove(self) -> None:
        """Remove the files of a run, and the folder where nothing else is in it."""
        if self.path.is_dir():
            self.clear()
        for path in (*(member.path for member in self.members), self.path / MEMBERS, self.path):
            with suppress(OSError):  # it is not there, or somebody else's files are in it
                path.rmdir()

    def write_text(self, path: Path, text: str) -> None:
        """Write one of the files in one piece."""
        with atomic_path(path) as temporary:
            temporary.write_text(text, encoding="utf-8")

    def write_history(self, history: History) -> None:
        """Write ``history.csv``: a line for each epoch."""
        history.to_csv(self.history)

    def write_evaluation(self, content: dict[str, Any]) -> None:
        """Write the final figures as JSON; what is not a number becomes null."""
        self._write_json(self.evaluation, content)

    def write_diverged(self, content: dict[str, Any]) -> None:
        """Write why the training could not go on, as JSON."""
        self._write_json(self.diverged, content)

    def _write_json(self, path: Path, content: dict[str, Any]) -> None:
        self.write_text(path, json.dumps(_plain(content), indent=2, allow_nan=False) + "\n")


def newest_run(runs: Path = RUNS) -> Path:
    """The run folder whose model was written last.

    Raises
    ------
    ModelFileError
        When there is none.
    """
    models = sorted(runs.glob("*/model.safetensors"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise ModelFileError(
            f"There is no trained model in {runs}/. Train one first (glassnet train), or give --model."
        )
    return models[-1].parent


def _is_used(path: Path) -> bool:
    return path.exists() and (not path.is_dir() or any(path.iterdir()))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
