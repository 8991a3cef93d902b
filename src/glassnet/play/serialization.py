"""From the library's records to the answers of the API; nothing is computed here."""

import base64
import io
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from glassnet.explain.formulas import formula
from glassnet.explain.seeing import Refused, SeenDigit
from glassnet.model import Model
from glassnet.nn import Activation, Dense
from glassnet.play import schemas
from glassnet.play.registered_model import RegisteredModel
from glassnet.reading.scaling import pixel_max

__all__ = ["as_png", "described", "digit_answer", "number_or_none", "numbers", "rejected_answer"]

THUMBNAIL_PIXELS = 112  # along the longer side


def numbers(array: NDArray[Any]) -> list[float]:
    """An array as a list, every number exact."""
    values: list[float] = np.asarray(array, np.float64).ravel().tolist()
    return values


def number_or_none(value: float) -> float | None:
    """What JSON can say: null for infinite and undefined numbers."""
    return value if math.isfinite(value) else None


def as_png(picture: NDArray[np.uint8]) -> str:
    """A small grey picture, ink dark, as PNG in base64."""
    image = Image.fromarray(255 - picture)
    image.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def described(item: RegisteredModel) -> schemas.ModelInfo:
    """A model's introduction."""
    model = item.model
    return schemas.ModelInfo(
        id=item.id,
        title=item.title,
        image_shape=model.image_shape,
        pixel_max=pixel_max(model),
        class_names=class_names(model),
        layers=_layers(model),
        parameters=model.network.n_parameters,
        loss=model.network.loss.name,
        figures=_figures(model),
    )


def class_names(model: Model) -> list[str]:
    """What the outputs are called."""
    return list(model.class_names or (str(k) for k in range(model.network.n_outputs)))


def _layers(model: Model) -> list[schemas.Layer]:
    layers: list[schemas.Layer] = []
    for layer in model.network.layers:
        if isinstance(layer, Dense):
            name = f"hidden {len(layers) + 1}"
            layers.append(
                schemas.Layer(
                    name=name,
                    activation="Identity",
                    formula="Z",
                    inputs=layer.n_inputs,
                    units=layer.n_outputs,
                )
            )
        elif isinstance(layer, Activation):
            layers[-1].activation, layers[-1].formula = type(layer).__name__, formula(layer)
    layers[-1].name = "output"
    return layers


def _figures(model: Model) -> dict[str, float]:
    figures = model.metadata.get("figures", {})
    found = {}
    for part in ("test", "validation", "train"):
        section = figures.get(part) if isinstance(figures, dict) else None
        if isinstance(section, dict) and isinstance(section.get("accuracy"), float):
            found[f"{part} accuracy"] = float(section["accuracy"])
    return found


def digit_answer(digit: SeenDigit, names: list[str], scale: float) -> schemas.Digit:
    """One digit that was read."""
    ranking = np.argsort(-digit.probabilities, kind="stable")
    left, top, right, bottom = (float(edge) / scale for edge in digit.box)
    return schemas.Digit(
        **_guess(digit.probabilities, int(ranking[0]), names).model_dump(),
        runner_up=_guess(digit.probabilities, int(ranking[1]), names),
        probabilities=numbers(digit.probabilities),
        box=(left, top, right, bottom),
        pixels=digit.pixels.ravel().tolist(),
        image=digit.image.ravel().tolist(),
        steps=[schemas.Picture(name=name, png=as_png(picture)) for name, picture in digit.steps],
    )


def rejected_answer(refused: Refused, names: list[str], scale: float) -> schemas.Rejected:
    """Ink that was not read."""
    left, top, right, bottom = (float(edge) / scale for edge in refused.box)
    guess = None if refused.guess is None else digit_answer(refused.guess, names, scale)
    return schemas.Rejected(box=(left, top, right, bottom), reason=refused.reason, guess=guess)


def _guess(probabilities: NDArray[np.float64], label: int, names: list[str]) -> schemas.Guess:
    return schemas.Guess(label=label, name=names[label], confidence=float(probabilities[label]))
