"""A run's model and the data that it is judged on: its own part, or others."""

from pathlib import Path

import numpy as np

from glassnet.data import Dataset, load_pair
from glassnet.errors import DataError, RecipeError
from glassnet.evaluation import Evaluation, evaluate
from glassnet.model import Model
from glassnet.recipe.known_data import known_source
from glassnet.recipe.load import recipe_of
from glassnet.recipe.parts import load_parts

__all__ = ["evaluate_run", "judged_data"]


def evaluate_run(
    run: Path, source: str | None = None, data_dir: Path | None = None, label: str | None = None
) -> tuple[str, Evaluation]:
    """Evaluate a trained model on what :func:`judged_data` gives; say what that is, and the figures."""
    what, model, data = judged_data(run, source, data_dir, label)
    return what, evaluate(model, data)


def judged_data(
    run: Path, source: str | None = None, data_dir: Path | None = None, label: str | None = None
) -> tuple[str, Model, Dataset]:
    """Load a trained model and the data to judge it by.

    Parameters
    ----------
    run : Path
        A run folder or a model file.
    source : str, optional
        A data set or a path, of two parts the test part; without it the part that the run is judged on.
    data_dir : Path, optional
        The folder with the files of MNIST.
    label : str, optional
        Of a CSV file, the column with the labels; without it the one that the run learned, or the one that
        its name or its numbers tell.

    Returns
    -------
    tuple
        What the data are, in words; the model; the data, their classes numbered as the model does.
    """
    model = Model.load(run)
    if source is None and "recipe" not in model.metadata and known_source(model, data_dir) == "mnist":
        source = "mnist"  # whose test part its makers set aside for everybody
    if source is not None:
        whole, test = load_pair(source, data_dir=data_dir, label=label or _label_of(model))
        data = test or whole
        what = f"{source}: {'the test part, ' if test else ''}{len(data):,} samples"
        return what, model, _same_classes(data, model, source)
    if "recipe" not in model.metadata:
        raise RecipeError(f"{run} does not say what it was trained with; give the data to evaluate it on.")
    recipe = recipe_of(model, run)
    folder = str(data_dir) if data_dir else recipe.data.folder
    section = recipe.data.model_copy(update={"folder": folder})
    judged = load_parts(section, recipe.seed).judged_on()
    if judged is None:
        raise RecipeError(
            f"{run} held nothing out and set nothing aside (data.validation and data.test are off); give the "
            "data to use."
        )
    name, data = judged
    return f"{section.source}: the {name} part, {len(data):,} samples", model, data


def _label_of(model: Model) -> str | None:
    """The column that a run's recipe calls the label."""
    section = model.metadata.get("recipe", {}).get("data", {})
    return section.get("label") or None


def _same_classes(data: Dataset, model: Model, source: str) -> Dataset:
    """Number the classes as the model does: a file may hold only some of them, or in another order."""
    if not data.has_classes or model.class_names is None or data.class_names == model.class_names:
        return data
    assert data.labels is not None and data.class_names is not None  # it has classes
    number_of = {name: number for number, name in enumerate(model.class_names)}
    used = sorted(set(data.labels.tolist()))
    unknown = [data.class_names[label] for label in used if data.class_names[label] not in number_of]
    if unknown:
        known = ", ".join(model.class_names)
        raise DataError(f'{source}: the model does not know the class "{unknown[0]}"; it knows {known}.')
    numbers = np.array([number_of.get(name, -1) for name in data.class_names])
    return Dataset(data.images, numbers[data.labels], model.class_names, data.name, pixel_max=data.pixel_max)
