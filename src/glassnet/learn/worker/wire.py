"""How the marker and the learner's process talk: frames of JSON with arrays as raw bytes. Never pickle."""

import json
import re
import struct
from typing import Any, BinaryIO

import numpy as np

__all__ = ["MOST_BYTES", "Rng", "Unknown", "WireError", "decode", "encode", "pack", "read_frame"]

MAGIC = b"glas"
HEADER = struct.Struct("<4sII")
MOST_BYTES = 64 * 2**20
NUMBERS = re.compile(r"[<>|=]?[biufc]\d{1,2}")


class WireError(Exception):
    """What came over the pipe is no frame."""


class Rng:
    """A generator of random numbers as an input: made anew, from its seed, for every call."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __repr__(self) -> str:
        return f"np.random.default_rng({self.seed})"


def pack(message: dict[str, Any]) -> bytes:
    """A message as one frame.

    >>> import io
    >>> read_frame(io.BytesIO(pack({"value": [np.arange(3), "a", None, 2.5]})))
    {'value': [array([0, 1, 2]), 'a', None, 2.5]}
    """
    blobs: list[bytes] = []
    text = json.dumps(encode(message, blobs)).encode()
    body = b"".join(blobs)
    return HEADER.pack(MAGIC, len(text), len(body)) + text + body


def read_frame(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, None at the end of the stream; ``WireError`` for anything that is no frame."""
    header = _exactly(stream, HEADER.size)
    if not header:
        return None
    magic, length, size = HEADER.unpack(header) if len(header) == HEADER.size else (b"", 0, 0)
    if magic != MAGIC or length + size > 2 * MOST_BYTES:
        raise WireError("no frame")
    body = _exactly(stream, length + size)
    try:
        message = decode(json.loads(body[:length]), body[length:])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise WireError(str(error)) from None
    if not isinstance(message, dict):
        raise WireError("no message")
    return message


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def encode(value: Any, blobs: list[bytes]) -> Any:
    """``value`` as JSON can hold it; the bytes of arrays go to ``blobs``.

    What is neither a number, a text, an array nor made of those is told by the name of its type.
    """
    if isinstance(value, Unknown):
        return {"object": str(value)}
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return value if not isinstance(value, int) or abs(value) < 2**63 else {"object": "a huge int"}
    if isinstance(value, dict):
        return {"dict": [[str(key), encode(item, blobs)] for key, item in value.items()]}
    if isinstance(value, Rng):
        return {"rng": value.seed}
    if isinstance(value, (list, tuple)):
        return _encode_sequence(value, blobs)
    return _encode_array(value, blobs)


def _encode_sequence(value: Any, blobs: list[bytes]) -> Any:
    name = "tuple" if isinstance(value, tuple) else "list"
    if len(value) > 1000:  # a long list of numbers goes as the array that it is
        try:
            array = np.asarray(value)
        except ValueError:
            return {"object": f"a long {name}"}
        return _encode_array(array, blobs)
    items = [encode(item, blobs) for item in value]
    return items if name == "list" else {"tuple": items}


def _encode_array(value: Any, blobs: list[bytes]) -> Any:
    if not isinstance(value, (np.ndarray, np.generic)):
        if not hasattr(value, "__array__"):
            return {"object": type(value).__name__}
        value = np.asarray(value)
    array = np.asarray(value)
    if array.dtype == object:
        return _encode_sequence(array.tolist(), blobs) if array.ndim else {"object": "an object array"}
    if not NUMBERS.fullmatch(array.dtype.str):
        return {"object": f"array of {array.dtype.name}"}
    if array.nbytes + sum(map(len, blobs)) > MOST_BYTES:
        return {"object": f"too large an array, of shape {array.shape}"}
    data = np.ascontiguousarray(array).tobytes()
    start = sum(map(len, blobs))
    blobs.append(data)
    scalar = isinstance(value, np.generic)
    return {"array": [array.dtype.str, list(array.shape), start, len(data), scalar]}


class Unknown(str):
    """What came back and is no number: the name of its type."""

    __slots__ = ()


def decode(tree: Any, blob: bytes) -> Any:
    """The value that ``encode`` made ``tree`` of."""
    if isinstance(tree, list):
        return [decode(item, blob) for item in tree]
    if not isinstance(tree, dict):
        return tree
    ((kind, content),) = tree.items()
    if kind == "dict":
        return {key: decode(item, blob) for key, item in content}
    if kind == "tuple":
        return tuple(decode(item, blob) for item in content)
    if kind == "rng":
        return np.random.default_rng(int(content))
    if kind == "object":
        return Unknown(content)
    if kind != "array":
        raise ValueError(f"unknown kind {kind}")
    dtype, shape, start, size, scalar = content
    if not NUMBERS.fullmatch(dtype):
        raise ValueError("no numbers")
    array = np.frombuffer(blob[start : start + size], dtype=dtype).reshape(shape).copy()
    return array[()] if scalar and array.ndim == 0 else array
