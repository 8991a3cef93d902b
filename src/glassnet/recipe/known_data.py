"""Which data a model knows that does not say what it was trained with."""

from pathlib import Path

from glassnet.data import Dataset, has_mnist, load_pair
from glassnet.model import Model

__all__ = ["known_parts", "known_source"]

DIGITS = tuple("0123456789")
IMAGE_SHAPES = {"mnist": (28, 28), "digits": (8, 8)}
CHECK_SHARE = 0.3


def known_source(model: Model, data_dir: Path | None = None) -> str | None:
    """The data set with the images and the classes of a model; None where none is here.

    Parameters
    ----------
    model : Model
    data_dir : Path, optional
        The folder with the files of MNIST; they are expected there.
    """
    for name, shape in IMAGE_SHAPES.items():
        fits = (model.image_shape, model.class_names) == (shape, DIGITS)
        if fits and (name != "mnist" or data_dir is not None or has_mnist()):
            return name
    return None


def known_parts(model: Model, data_dir: Path | None = None) -> tuple[Dataset, Dataset] | None:
    """Samples like those that a model knows: some to learn again, others to see what it forgot."""
    name = known_source(model, data_dir)
    if name is None:
        return None
    whole, test = load_pair(name, data_dir=data_dir)
    return (whole, test) if test is not None else whole.split(CHECK_SHARE, seed=0)
