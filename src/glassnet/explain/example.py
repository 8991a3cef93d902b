"""One example to follow through a network: a sample of a run's data, or a digit from a picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glassnet.errors import DataError, ImageError
from glassnet.explain.seeing import see
from glassnet.explain.tracing import evidence_of, trace_one
from glassnet.model import Model
from glassnet.nn import Evidence, Trace
from glassnet.preprocessing.open import open_picture
from glassnet.recipe import open_model

__all__ = ["Example", "example_from_data", "example_from_picture"]


@dataclass(frozen=True)
class Example:
    """An example's way through a network and back.

    Attributes
    ----------
    where : str
        What it is and where it comes from.
    trace : Trace
        Of this example alone.
    evidence : Evidence
    label : int or None
        The true class, where it is known.
    words : dict
        What outputs and inputs are called: class_names, image_shape, feature_names.
    """

    where: str
    trace: Trace
    evidence: Evidence
    label: int | None
    words: dict[str, Any]


def example_from_data(path: Path, sample: int, learning_rate: float, data_dir: Path | None = None) -> Example:
    """A sample of the part that a run was judged by, or of the data that a model file knows.

    Parameters
    ----------
    path : Path
        A run folder or a model file.
    sample : int
        Counted from 1.
    learning_rate : float
        Of the update.
    data_dir : Path, optional
        The folder with the files of MNIST.

    Raises
    ------
    GlassnetError
        If there is no such model or sample.
    """
    run = open_model(path, data_dir)
    if run.unknown_data:
        raise DataError(
            f"{path}: {run.unknown_data}. Give IMAGE, a picture of one digit, or fetch the digits: "
            "glassnet data fetch mnist"
        )
    trace = run.trace(sample - 1, learning_rate)
    labels = run.data.labels
    words = {
        "class_names": run.model.class_names,
        "image_shape": run.model.image_shape,
        "feature_names": run.data.feature_names,
    }
    where = f"Sample {sample:,} of the {run.judged_on} part of {run.recipe.data.source}"
    label = int(labels[sample - 1]) if labels is not None and run.data.has_classes else None
    return Example(where, trace, run.evidence(sample - 1), label, words)


def example_from_picture(
    path: Path, picture: Path, learning_rate: float, label: str | None = None
) -> Example:
    """The one digit on a picture.

    Parameters
    ----------
    path : Path
        A run folder or a model file.
    picture : Path
    learning_rate : float
        Of the update.
    label : str, optional
        The class that it truly is; without it, what the network takes it for.

    Raises
    ------
    GlassnetError
        If there is not exactly one digit, or no such class.
    """
    model = Model.load(path)
    if model.image_shape is None:
        raise DataError(f"{path} reads {model.network.n_inputs} features, not pictures. Give --sample.")
    sight = see(open_picture(picture), model)
    found = sight.digits or [part.guess for part in sight.refused if part.guess is not None]
    if len(found) != 1:
        what = f"{len(found)} digits were found" if sight.digits else _lower(sight.reason).rstrip(".")
        raise ImageError(f"{picture}: {what}; one digit can be explained. Give a picture of one digit.")
    names = model.class_names or ()
    if label is not None and label not in names:
        raise DataError(f'The model knows no class "{label}"; it knows {", ".join(names)}.')
    number = None if label is None else names.index(label)
    trace = trace_one(model, found[0].pixels.ravel(), number, learning_rate)
    told = "" if number is not None else ", taken for what the network says (give --label for the truth)"
    if not sight.digits:
        told += f"\nRejected: {_lower(sight.reason)} Here is the nearest class, as the network alone sees it."
    words = {"class_names": model.class_names, "image_shape": model.image_shape, "feature_names": None}
    return Example(f"{picture}{told}", trace, evidence_of(model, found[0].pixels.ravel()), number, words)


def _lower(sentence: str) -> str:
    """A sentence within another one."""
    return sentence[:1].lower() + sentence[1:]
