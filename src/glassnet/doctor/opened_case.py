"""Opening a run folder for the doctor: also one whose training diverged or was interrupted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from glassnet.doctor.case import Case
from glassnet.errors import ModelFileError
from glassnet.recipe import RunFolder, load_recipe, open_run, untrained
from glassnet.recipe.parts import load_parts
from glassnet.train import History

__all__ = ["open_case"]


def open_case(path: str | Path, data_dir: Path | None = None) -> Case:
    """Open a run folder, also one whose training diverged or was interrupted.

    Parameters
    ----------
    path : path
        As ``glassnet train`` wrote it.
    data_dir : Path, optional
        The folder with the files of MNIST, where it is not the recipe's.

    Raises
    ------
    GlassnetError
        If it is no run folder, or its data are not there.
    """
    folder = RunFolder(Path(path))
    if folder.model.exists() or not folder.recipe.exists():
        return Case.of(open_run(path, data_dir))
    recipe = load_recipe(str(folder.recipe))
    section = recipe.data.model_copy(update={"folder": str(data_dir or recipe.data.folder)})
    parts = load_parts(section, recipe.seed)
    model = untrained(recipe, parts)
    return Case(
        model.network,
        parts.train,
        parts.validation,
        parts.test,
        History.from_csv(folder.history) if folder.history.exists() else None,
        model.preparation,
        model.network,
        recipe,
        _read_diverged(folder.diverged),
        finished=False,
    )


def _read_diverged(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {"error": str(content["error"]), **content, "losses": [float(x) for x in content["losses"]]}
    except (ValueError, KeyError, TypeError):
        raise ModelFileError(f"{path} is damaged. Run the training again.") from None
