"""What a model's file says of it: every field is checked before anything is made of it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glassnet.data.preparation import Preparation
from glassnet.errors import ModelFileError
from glassnet.nn.checks import check_layers
from glassnet.nn.layer import Layer, Shape, layer_from_config
from glassnet.version import __version__

__all__ = ["FORMAT", "KEY", "WRONG", "Description", "refused", "sizes_of"]

FORMAT = 1
KEY = "glassnet"
"""Under which the file keeps it."""

OURS = ("version", "format", "architecture", "preparation", "class_names", "image_shape")
SETTINGS = {"layers", "loss", "dtype", "l1", "l2", "max_norm", "label_smoothing"}
KINDS_OF_METADATA: dict[str, tuple[type, ...]] = {
    "recipe": (dict,), "figures": (dict,), "machine": (dict,), "estimator": (dict,), "taught": (list,),
    "reading_threshold": (int, float),
}  # fmt: skip
"""What may stand under the names of metadata that somebody reads again."""
MAX_LAYERS = 1000
LARGEST = 1e30
"""Of numbers in a description: what is greater soon is too much for 32 bits."""
MAX_QUOTED = 300
"""Signs of a message that come from the file."""

WRONG = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What Python and the layers say of values that cannot be."""


@dataclass(frozen=True)
class Description:
    """All of a model but its numbers.

    Attributes
    ----------
    architecture : dict
        As ``Network.config`` gave it.
    preparation : Preparation
    class_names : list of str or None
    image_shape : (height, width) or None
    metadata : dict
        What else the file tells.
    shapes : dict of str to tuple
        Of the arrays that belong to the architecture, by name.
    """

    architecture: dict[str, Any]
    preparation: Preparation
    class_names: list[str] | None
    image_shape: tuple[int, int] | None
    metadata: dict[str, Any]
    shapes: dict[str, Shape]

    @classmethod
    def read(cls, texts: Mapping[str, str], file: Path) -> Description:
        """Read and check what stands in a file's texts.

        Raises
        ------
        ModelFileError
            If it is not there, not ours, newer than this version, or wrong anywhere.
        """
        if KEY not in texts:
            raise ModelFileError(
                f"{file} is a safetensors file, but not a Glassnet model (no metadata of ours)."
            )
        facts = _facts(texts[KEY], file)
        with refused(file):
            layers = _layers(facts["architecture"])
            n_inputs = layers[0].n_inputs
            shape = _image_shape(facts["image_shape"], n_inputs)
            return cls(
                architecture=facts["architecture"],
                preparation=_preparation(facts["preparation"], n_inputs, pictures=shape is not None),
                class_names=_class_names(facts["class_names"]),
                image_shape=shape,
                metadata=_metadata({key: value for key, value in facts.items() if key not in OURS}),
                shapes=_shapes(layers),
            )

    def check_arrays(self, found: Mapping[str, tuple[str, Shape]], file: Path) -> None:
        """Raise a ModelFileError unless a file's arrays, by type and shape, belong to the architecture."""
        if set(found) != set(self.shapes):
            odd = ", ".join(sorted(set(found) ^ set(self.shapes)))
            raise ModelFileError(
                f"{file}: its arrays do not belong to its architecture ({odd[:MAX_QUOTED]})."
            )
        dtype = self.architecture.get("dtype", "float32")
        for name, shape in self.shapes.items():
            kind, there = found[name]
            if there != shape or kind not in (dtype, "float16"):
                raise ModelFileError(
                    f"{file}: {name} is {kind} of shape {there}; its architecture needs {dtype} of shape "
                    f"{shape}."[:MAX_QUOTED]
                )


@contextmanager
def refused(file: Path) -> Iterator[None]:
    """What Python and the layers say of values that cannot be becomes a ModelFileError."""
    try:
        yield
    except WRONG as error:
        said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise ModelFileError(f"{file}: its metadata describes no model: {said[:MAX_QUOTED]}.") from None


def _facts(text: str, file: Path) -> dict[str, Any]:
    """The whole of the text, of a format that this version reads."""
    try:
        facts = json.loads(text)
        written_by, format_ = facts["version"], facts["format"]
        if type(format_) is not int or format_ < 1 or not isinstance(written_by, str):
            raise ValueError
        _check_numbers(facts)
    except WRONG:
        raise ModelFileError(f"{file}: its metadata is damaged. Save the model again.") from None
    if format_ > FORMAT:
        raise ModelFileError(
            f"{file} was written by Glassnet {written_by[:20]} in format {str(format_)[:20]}; this is "
            f"Glassnet {__version__}, which reads up to format {FORMAT}. Update Glassnet."
        )
    return dict(facts)


def _check_numbers(facts: Any) -> None:
    """Raise a ValueError where a number is not finite; JSON as Python reads it knows NaN and Infinity."""
    waiting = [facts]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, float) and not math.isfinite(each):
            raise ValueError(f"{each} is not finite")


def _layers(architecture: Any) -> list[Layer]:
    """The layers, connected but without a single number; the rest of the architecture is looked at, too."""
    _expect(isinstance(architecture, dict), "its architecture is not a table of settings")
    unknown = set(architecture) - SETTINGS
    _expect(not unknown, f"an architecture has no {', '.join(sorted(unknown))}")
    settings = {key: value for key, value in architecture.items() if key not in ("layers", "loss", "dtype")}
    for key, value in settings.items():
        _expect(
            _is_number(value) or (key == "max_norm" and value is None), f"{key} is {value!r}, not a number"
        )
    for key in ("loss", "dtype"):
        _expect(isinstance(architecture.get(key, ""), str), f"{key} is {architecture.get(key)!r}, not a name")
    configs = architecture["layers"]
    _expect(
        isinstance(configs, list) and len(configs) <= MAX_LAYERS, f"not a list of up to {MAX_LAYERS} layers"
    )
    layers = [_layer(config) for config in configs]
    check_layers(layers)
    n = layers[0].n_inputs
    for layer in layers:
        n = layer.connect(n)
    return layers


def _layer(config: Any) -> Layer:
    _expect(isinstance(config, dict), f"a layer is {config!r}, not a table of settings")
    layer = layer_from_config(config)
    for key, value in json.loads(json.dumps(layer.config())).items():  # as a file gives it back
        given = config.get(key, value)
        for each in given if isinstance(given, list) else [given]:
            _expect(
                each is None or isinstance(each, bool | str) or _is_number(each),
                f"{key} of a layer is {each!r}",
            )
        _expect(given == value and isinstance(given, bool) == isinstance(value, bool), f"{key} is {given!r}")
    return layer


def sizes_of(architecture: Any) -> tuple[int, int]:
    """How many parameters and how many running statistics an architecture has; no array is made.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError, OverflowError
        If it is none.
    """
    layers = _layers(architecture)
    learned, running = (
        [shape for layer in layers for shape in getattr(layer, kind)().values()]
        for kind in ("shapes", "state_shapes")
    )
    return sum(map(math.prod, learned)), sum(map(math.prod, running))


def _shapes(layers: list[Layer]) -> dict[str, Shape]:
    return {
        f"{i}.{name}": shape
        for i, layer in enumerate(layers)
        for name, shape in {**layer.shapes(), **layer.state_shapes()}.items()
    }


def _preparation(config: Any, n_inputs: int, pictures: bool) -> Preparation:
    _expect(isinstance(config, dict), "its preparation is not a table of settings")
    for name in ("offset", "scale"):
        value = config[name]
        if isinstance(value, list):
            _expect(
                len(value) == n_inputs, f"{name} holds {len(value)} numbers, the network reads {n_inputs}"
            )
        for each in value if isinstance(value, list) else [value]:
            _expect(_is_number(each), f"{name} is {each!r}")
    return Preparation.from_config(config, pictures=pictures)


def _class_names(names: Any) -> list[str] | None:
    if names is not None:
        _expect(isinstance(names, list) and names != [], "class_names is not a list of names")
        _expect(all(isinstance(name, str) for name in names), "a class's name is not a text")
    return None if names is None else list(names)


def _image_shape(shape: Any, n_inputs: int) -> tuple[int, int] | None:
    if shape is None:
        return None
    _expect(isinstance(shape, list) and len(shape) == 2, "image_shape is not a height and a width")
    _expect(all(type(side) is int and side > 0 for side in shape), "image_shape is not a height and a width")
    _expect(math.prod(shape) == n_inputs, f"image_shape does not give {n_inputs} pixels")
    return shape[0], shape[1]


def _metadata(rest: dict[str, Any]) -> dict[str, Any]:
    for name, kinds in KINDS_OF_METADATA.items():
        value = rest.get(name)
        fits = name not in rest or (isinstance(value, kinds) and not isinstance(value, bool))
        _expect(fits, f"{name} is of a wrong kind")
    for name, value in rest.get("figures", {}).items():
        figures = value.values() if isinstance(value, dict) else [value]
        _expect(all(map(_is_number, figures)), f"the figure {name} is no number")
    return rest


def _is_number(value: Any) -> bool:
    """Whether it is a number that one can compute with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise[:MAX_QUOTED])
