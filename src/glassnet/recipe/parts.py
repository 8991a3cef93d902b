"""From a recipe's data section to the parts: training, validation, test."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from glassnet.data import SOURCES, Dataset, load_all
from glassnet.errors import DataError
from glassnet.recipe.schema import Recipe
from glassnet.recipe.sections import DataSection

__all__ = ["Parts", "complete", "load_parts"]


@dataclass(frozen=True)
class Parts:
    """What is learned from, what is watched, and what is looked at once, at the end."""

    train: Dataset
    validation: Dataset | None
    test: Dataset | None
    fingerprint: str

    def judged_on(self) -> tuple[str, Dataset] | None:
        """The part by which the run is judged, and its name: the test part, else the validation part."""
        for name, part in (("test", self.test), ("validation", self.validation)):
            if part is not None:
                return name, part
        return None


def load_parts(section: DataSection, seed: int) -> Parts:
    """Load the data of a recipe and divide it.

    Parameters
    ----------
    section : DataSection
        The recipe's data section.
    seed : int
        The same seed gives the same parts.

    Returns
    -------
    Parts

    Raises
    ------
    DataError
        When the data cannot be read, have no labels, are too few, or are not those that a run began with.
    """
    loaded = load_all(section.source, data_dir=section.folder or None, label=section.label or None)
    whole, test = loaded.training, loaded.test
    if whole.labels is None:
        raise DataError(
            f"{section.source} has no labels, so nothing can be learned from it. Expected labelled data; of "
            "a CSV file, say which column is the label (--label NAME)."
        )
    fingerprint = _fingerprint(whole, loaded.validation, test)
    if section.fingerprint not in ("", fingerprint):
        raise DataError(
            f"{section.source} has changed since the recipe was written: its check sum is {fingerprint}, not "
            f"{section.fingerprint}. Bring the old data back, or leave out data.fingerprint."
        )
    if section.limit:
        whole = whole.limit(section.limit, seed)
    share: float | None = None
    if section.test == "auto" and test is None:
        share = 0.2
    elif not isinstance(section.test, str):
        share, test = section.test, None
    own = section.validation == "own"
    watched = section.validation if not isinstance(section.validation, str) else None
    training, validation, split_off = _divide(whole, watched, share, seed)
    validation = loaded.validation if own else validation
    if section.train_limit:
        training = training.limit(section.train_limit, seed)
    return Parts(training, validation, test or split_off, fingerprint)


def complete(recipe: Recipe, fingerprint: str) -> Recipe:
    """The recipe as it stands in the run folder: it works from everywhere, and knows its data again."""
    data = recipe.data
    source = data.source if data.source in SOURCES else str(Path(data.source).expanduser().resolve())
    folder = str(Path(data.folder).expanduser().resolve()) if data.folder else ""
    section = data.model_copy(update={"source": source, "folder": folder, "fingerprint": fingerprint})
    return recipe.model_copy(update={"data": section})


def _divide(
    whole: Dataset, validation: float | None, test: float | None, seed: int
) -> tuple[Dataset, Dataset | None, Dataset | None]:
    if validation and test:
        return whole.split3(validation, test, seed)
    if validation:
        training, part = whole.split(validation, seed)
        return training, part, None
    if test:
        training, part = whole.split(test, seed)
        return training, None, part
    return whole, None, None


def _fingerprint(*parts: Dataset | None) -> str:
    """A check sum over all pixels and labels; it finds changes, not forgeries."""
    check_sum = 0
    for part in parts:
        if part is not None and part.labels is not None:
            check_sum = zlib.crc32(part.images.data, check_sum)
            check_sum = zlib.crc32(part.labels.data, check_sum)
    return f"crc32:{check_sum:08x}"
