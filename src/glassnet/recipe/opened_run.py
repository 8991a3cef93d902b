"""A finished run, opened again: its model, its history, the very data that it was trained on."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from glassnet.data import Dataset
from glassnet.errors import DataError, ModelFileError
from glassnet.evaluation import Evaluation, evaluate
from glassnet.model import Model
from glassnet.nn import Evidence, Trace
from glassnet.nn.attribution import find_evidence
from glassnet.recipe.known_data import known_source
from glassnet.recipe.load import recipe_of
from glassnet.recipe.parts import Parts, load_parts
from glassnet.recipe.run_folder import RunFolder
from glassnet.recipe.schema import Recipe
from glassnet.train import History

__all__ = ["OpenedRun", "open_model", "open_run"]


@dataclass(frozen=True)
class OpenedRun:
    """Everything that a picture, a report or a lesson about a run needs.

    Attributes
    ----------
    folder : RunFolder
    recipe : Recipe
    model : Model
    history : History or None
        None where the file is not there.
    data_dir : Path or None
        The folder with the files of MNIST, where it is not the recipe's.
    unknown_data : str
        Why there are no data; "" where there are.
    """

    folder: RunFolder
    recipe: Recipe
    model: Model
    history: History | None
    data_dir: Path | None = None
    unknown_data: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a model file alone, without what a run folder holds beside it."""
        return self.folder.path.is_file()

    @cached_property
    def parts(self) -> Parts:
        """Training, validation and test part, as in the run."""
        if self.unknown_data:
            raise DataError(f"{self.folder.path}: {self.unknown_data}.")
        folder = str(self.data_dir) if self.data_dir else self.recipe.data.folder
        section = self.recipe.data.model_copy(update={"folder": folder})
        return load_parts(section, self.recipe.seed)

    @cached_property
    def judged_on(self) -> str:
        """The part by which the run is judged: "test", "validation", or "training" where all was."""
        judged = self.parts.judged_on()
        return "training" if judged is None else judged[0]

    @cached_property
    def data(self) -> Dataset:
        """That part."""
        judged = self.parts.judged_on()
        return self.parts.train if judged is None else judged[1]

    @cached_property
    def evaluation(self) -> Evaluation:
        """The figures on that part."""
        return evaluate(self.model, self.data)

    def trace(self, samples: list[int] | int, learning_rate: float = 0.1) -> Trace:
        """One step on some samples of :attr:`data`, counted from 0; the model itself stays as it is.

        Raises
        ------
        DataError
            If there is no such sample.
        """
        numbers = [samples] if isinstance(samples, int) else samples
        wrong = [number for number in numbers if not 0 <= number < len(self.data)]
        if wrong:
            raise DataError(
                f"There is no sample {wrong[0] + 1}: the {self.judged_on} part has {len(self.data):,}, "
                "counted from 1."
            )
        chosen = self.data.take(np.array(numbers))
        assert chosen.labels is not None  # it was trained on
        X = self.model.preparation.apply(chosen.images, self.model.network.dtype)
        return self.model.network.trace(X, chosen.labels, learning_rate)

    def evidence(self, sample: int) -> Evidence:
        """What each input number of a sample of :attr:`data` said for and against each class."""
        X = self.model.preparation.apply(self.data.take(np.array([sample])).images, "float64")
        return find_evidence(self.model.network, X[0])


def open_run(path: str | Path, data_dir: Path | None = None) -> OpenedRun:
    """Open a run folder.

    Parameters
    ----------
    path : path
        As ``glassnet train`` wrote it.
    data_dir : Path, optional
        The folder with the files of MNIST, where it is not the recipe's.

    Raises
    ------
    ModelFileError, RecipeError
        If it is no run folder, or the training is not finished.
    """
    folder = RunFolder(Path(path))
    if folder.path.is_file():
        raise ModelFileError(f"{path} is a file. Give the folder of the run, as glassnet train wrote it.")
    model = Model.load(folder.path)
    recipe = recipe_of(model, path)
    history = History.from_csv(folder.history) if folder.history.exists() else None
    return OpenedRun(folder, recipe, model, history, data_dir)


def open_model(path: str | Path, data_dir: Path | None = None) -> OpenedRun:
    """Open a run folder or a model file.

    A model file that does not say what it was trained with is opened with the data that it knows, MNIST
    or the bundled digits; where they are not here, with none.

    Raises
    ------
    ModelFileError, RecipeError
        If there is no model.
    """
    file = Path(path)
    if not file.is_file():
        return open_run(path, data_dir)
    model = Model.load(file)
    if "recipe" in model.metadata:
        return OpenedRun(RunFolder(file), recipe_of(model, file), model, None, data_dir)
    source = known_source(model, data_dir)
    recipe = Recipe.model_validate({"name": file.stem, "data": {"source": source or "digits"}})
    unknown = (
        "" if source else "it does not say what it was trained with, and data that it knows are not here"
    )
    return OpenedRun(RunFolder(file), recipe, model, None, data_dir, unknown)
