"""Makes the model that ships with the package: ``make pretrained``, about ten minutes.

It learns MNIST's training digits, the digits that MNIST lacks, and to be unsure of what is no digit: there
every class shall get a tenth (Hendrycks, Mazeika and Dietterich 2019, "Deep anomaly detection with outlier
exposure"). MNIST's test digits are not learned; docs/model-card.md says what was chosen by looking at them.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glassnet.data import Dataset, Distortion, Preparation, load_mnist
from glassnet.evaluation import evaluate
from glassnet.maths import softmax
from glassnet.model import Model
from glassnet.nn import Dense, mlp
from glassnet.optim import Adam, OneCycle
from glassnet.pretraining import SHIPPED
from glassnet.train import Epoch, train
from tools.pretrained.material import more_digits, no_digits, photographed

__all__ = ["main", "make", "material"]

HIDDEN = (640, 256)  # with halves of numbers 1.3 MB, and below 1 MB where a page carries it
EPOCHS, BATCH, RATE, AVERAGE = 60, 256, 0.003, 0.999
PHOTOGRAPHED, DRAWN, NONE = 30_000, 20_000, 54_000  # pictures beside MNIST's 55,000
WEIGHT_OF_NON_DIGITS = 0.5  # weight of what is no digit beside a digit
HELD_OUT = 5_000  # of MNIST's training digits, to find the threshold with
MAX_REJECTED_SHARE = 0.005  # share of digits that may be taken for none
CARD_SAMPLES = 3_000  # new pictures of no digit, for the card
SHARPNESS_RANGE = (0.25, 4.0)  # how much less or more sure it may be made
DISTORTION = Distortion(
    shift=1.0, rotation=10, shear=12, scale=0.12, sigma=5, alpha=26, thickness=0.6, blur=0.6, noise=0.06
)


def material(
    mnist: Dataset, rng: np.random.Generator, sizes: tuple[int, int, int] = (PHOTOGRAPHED, DRAWN, NONE)
) -> tuple[Dataset, NDArray[np.float32]]:
    """What is learned: pictures with the probabilities that the network shall give, and their weights."""
    assert mnist.labels is not None
    on_pages, which = photographed(mnist.images[: sizes[0]], rng)
    drawn, names = more_digits(sizes[1], rng)
    none = no_digits(sizes[2], mnist.images, mnist.labels, rng)
    digits = np.concatenate([mnist.labels, mnist.labels[which], names])
    images = np.concatenate([mnist.images, on_pages, drawn, none])
    labels = np.full((len(images), 10), 0.1, np.float32)
    labels[: len(digits)] = np.eye(10, dtype=np.float32)[digits]
    weight = np.where(np.arange(len(images)) < len(digits), 1, WEIGHT_OF_NON_DIGITS).astype(np.float32)
    return Dataset(images, labels, name="digits and no digits"), weight


def make(
    mnist: Dataset, *, epochs: int = EPOCHS, seed: int = 0, sizes: tuple[int, int, int] | None = None
) -> Model:
    """Train the model; in its metadata the threshold below which a picture is no digit.

    Parameters
    ----------
    mnist : Dataset
        MNIST's training digits.
    epochs, seed : int
    sizes : three integers, optional
        How many photographed digits, drawn digits and pictures of no digit are made.
    """
    rng = np.random.default_rng([seed, 7])
    rest, held_out = mnist.split(min(HELD_OUT, len(mnist) // 6), seed=seed)
    data, weight = material(rest, rng, sizes or (PHOTOGRAPHED, DRAWN, NONE))
    _say(f"{len(data):,} pictures to learn")
    network = mlp(784, *HIDDEN, 10, seed=seed)
    preparation = Preparation("unit", 0.0, 1 / 255)
    for event in train(
        network, data, Adam(RATE, beta2=0.98), epochs=epochs, batch_size=BATCH, sample_weight=weight,
        schedule=OneCycle(warmup=0.2, start=0.1), augment=DISTORTION, average=AVERAGE,
        preparation=preparation, seed=seed,
    ):  # fmt: skip
        if isinstance(event, Epoch):
            _say(f"epoch {event.epoch} of {event.epochs}: loss {event.loss:.4f}, {event.seconds:.0f} s")
    model = Model(network, preparation, [str(digit) for digit in range(10)], (28, 28))
    calibrate(model, held_out)
    threshold = find_threshold(model, held_out, np.random.default_rng([seed, 9]))
    model.metadata = {"reading_threshold": threshold, "made_by": "make pretrained"}
    return model


def calibrate(model: Model, held_out: Dataset) -> None:
    """Make the model as sure of held-out digits as it is right.

    One factor for all of the last sums, the inverse of a temperature (Guo et al. 2017, section 4.2), is
    chosen by the mean confidence. No answer changes.
    """
    probabilities = model.predict_proba(held_out.images).astype(np.float64)
    right = float((probabilities.argmax(axis=1) == held_out.labels).mean())
    sums = np.log(np.maximum(probabilities, 1e-30))
    low, high = SHARPNESS_RANGE
    for _ in range(40):  # the more sure, the larger the factor
        factor = (low + high) / 2
        surer = float(softmax(factor * sums).max(axis=1).mean()) > right
        low, high = (low, factor) if surer else (factor, high)
    last = model.network.layers[-2]
    assert isinstance(last, Dense)  # mlp(): a softmax behind it
    last.W *= factor
    last.b *= factor


def find_threshold(model: Model, held_out: Dataset, rng: np.random.Generator) -> float:
    """So high that few digits are rejected: of those held out, and of new ones on pages and drawn."""
    on_pages, _ = photographed(held_out.images[: len(held_out) // 3], rng)
    drawn, _ = more_digits(len(held_out) // 3, rng)
    pictures = np.concatenate([held_out.images, on_pages, drawn])
    sure = model.predict_proba(pictures).max(axis=1)
    return round(float(np.quantile(sure, MAX_REJECTED_SHARE)), 3)


def figures(model: Model, test: Dataset, seed: int = 0) -> dict[str, dict[str, float]]:
    """What stands on the model's card: measured on MNIST's test digits and on pictures made anew."""
    rng = np.random.default_rng([seed, 8])
    assert test.labels is not None
    evaluation = evaluate(model, test)
    assert evaluation.accuracy is not None and evaluation.calibration_error is not None  # these are classes
    none = no_digits(CARD_SAMPLES, test.images, test.labels, rng)
    threshold = model.metadata["reading_threshold"]

    def rejected(pictures: NDArray[np.uint8]) -> float:
        return float((model.predict_proba(pictures).max(axis=1) < threshold).mean())

    return {
        "test": {
            "accuracy": evaluation.accuracy,
            "calibration_error": evaluation.calibration_error,
            "rejected": rejected(test.images),
        },
        "no digits": {"rejected": rejected(none)},
    }


def main() -> None:
    """Make it, measure it, and put it in its place; or where the first argument says."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    model = make(load_mnist("train"))
    model.save(path, half=True)
    model = Model.load(path)  # with the halves that it will be used with
    model.metadata["figures"] = figures(model, load_mnist("test"))
    model.save(path, half=True)
    for part, values in model.metadata["figures"].items():
        _say(f"{part}: " + ", ".join(f"{name} {100 * value:.2f} %" for name, value in values.items()))
    _say(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
