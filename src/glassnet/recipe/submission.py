"""A submission to Kaggle's Digit Recognizer: a line for each image, checked before it is written."""

import csv
from pathlib import Path

from glassnet.data import Dataset, load_pair
from glassnet.errors import DataError
from glassnet.files import atomic_path
from glassnet.model import Model

__all__ = ["HEADER", "write_submission"]

HEADER = ("ImageId", "Label")


def write_submission(run: Path, source: Path, target: Path, sample: Path | None = None) -> int:
    """Let a model read unlabelled digits and write what it reads, as Kaggle takes it.

    Parameters
    ----------
    run : Path
        A run folder or a model file.
    source : Path
        The digits: Kaggle's test.csv.
    target : Path
        The file to write; a crash leaves the old one or the new one.
    sample : Path, optional
        Kaggle's sample_submission.csv: header and image numbers are checked against it.

    Returns
    -------
    int
        How many lines were written below the header.

    Raises
    ------
    DataError
        If the digits have labels, do not fit the model, or are not those of the sample.
    """
    if not target.name or target.is_dir():
        raise DataError(f"{target} is a folder; the submission needs a file's name, such as submission.csv.")
    for kept in (source, sample):
        if kept is not None and target.resolve() == kept.resolve():
            raise DataError(f"{target} is read; the submission would take its place. Give another name.")
    model = Model.load(run)
    data = load_pair(source)[0]
    _check(model, data, source)
    names = model.class_names or ()
    if not all(name.isdigit() for name in names):
        raise DataError(f"{run}: Kaggle takes whole numbers; this model's classes are {', '.join(names)}.")
    labels = [int(names[k]) for k in model.predict(data)]
    numbers = list(range(1, len(labels) + 1))
    header = HEADER
    if sample is not None:
        header, wanted = _read_sample(sample)
        _check_sample(sample, source, wanted, len(labels))
        numbers = wanted
    with atomic_path(target) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(zip(numbers, labels, strict=True))
    return len(labels)


def _check(model: Model, data: Dataset, source: Path) -> None:
    if data.labels is not None:
        raise DataError(
            f"{source} has labels: it looks like the file to train with. A submission is for digits without, "
            "Kaggle's test.csv."
        )
    if data.n_features != model.network.n_inputs:
        raise DataError(
            f"{source}: an image has {data.n_features} pixels, but the model reads {model.network.n_inputs}."
        )


def _read_sample(path: Path) -> tuple[tuple[str, str], list[int]]:
    """Header and image numbers of a sample submission."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first, *rest = csv.reader(file)
        if len(first) != 2:
            raise ValueError
        return (first[0], first[1]), [int(row[0]) for row in rest]
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file.") from None
    except (ValueError, IndexError, UnicodeDecodeError, csv.Error):
        raise DataError(
            f"{path} is no sample submission: lines such as ImageId,Label and 1,0 were expected."
        ) from None


def _check_sample(sample: Path, source: Path, wanted: list[int], m: int) -> None:
    """Refuse a sample of another number of images, or one that does not count them in order."""
    if len(wanted) != m:
        raise DataError(
            f"{sample} has {len(wanted):,} images, {source} has {m:,}. Use the test file that belongs to it."
        )
    first = 0 if wanted[0] == 0 else 1
    for k, number in enumerate(wanted):
        if number != first + k:
            raise DataError(
                f"{sample}, line {k + 2}: found the image {number} where {first + k} was expected. Which "
                f"image of {source} has which number is only known where they are counted in order."
            )
