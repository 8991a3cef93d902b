"""TOML for people: reading it with clear errors, finding the line of a key, writing it.

The standard library reads TOML but neither says where a key stands nor writes any.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from glassnet.errors import RecipeError

__all__ = ["line_of", "read", "value_of", "write", "write_value"]

MAX_SIGNS, MAX_DOTS = 100_000, 200
"""Of a file, and of a line: more is no recipe, and keys of thousands of parts take the reader minutes."""


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Read a TOML file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    tuple
        What it says, and its text (for :func:`line_of`).

    Raises
    ------
    RecipeError
        When the file cannot be read or is not TOML; the message names file, line and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RecipeError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise RecipeError(
            f"{path} is not text in UTF-8 (byte {error.start}); a recipe is a TOML file."
        ) from error
    dots = max((line.count(".") for line in text.splitlines()), default=0)
    if len(text) > MAX_SIGNS or dots > MAX_DOTS:
        raise RecipeError(f"{path} is no recipe: one is a few lines of TOML, and this is far more.")
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        message = str(error).replace(" (at ", ", at ").rstrip(")")
        raise RecipeError(f"{path} is not valid TOML: {message}.") from error
    except RecursionError:
        raise RecipeError(f"{path} is no recipe: brackets are nested too deeply in it.") from None
    except ValueError as error:  # numbers of thousands of digits
        raise RecipeError(f"{path} is no recipe: {error}.") from None


def line_of(text: str, key: str) -> int | None:
    r"""Give the line, counted from 1, on which a dotted key stands, or else that of its table.

    Examples
    --------
    >>> line_of('seed = 1\n[training]\nepochs = 5', "training.epochs")
    3
    >>> line_of('seed = 1\n[training]\nepochs = 5', "training")
    2
    >>> line_of('seed = 1', "training.epochs")
    """
    lines = dict(_keys_by_line(text))
    while key:
        if key in lines:
            return lines[key]
        key = key.rpartition(".")[0]
    return None


def _keys_by_line(text: str) -> Iterator[tuple[str, int]]:
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        key, equals, _ = line.partition("=")
        if line.lstrip().startswith("["):
            table = line.strip()[1:].partition("]")[0].strip()
            yield table, number
        elif equals:
            yield f"{table}.{key.strip()}" if table else key.strip(), number


def value_of(text: str) -> Any:
    """Read a value as on the command line: TOML where it is TOML, else the text itself.

    Examples
    --------
    >>> value_of("5"), value_of("[64, 32]"), value_of("adam"), value_of('"5"'), value_of("true")
    (5, [64, 32], 'adam', '5', True)
    """
    try:
        parsed = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):  # TOML's own error is one of them
        return text
    return parsed["value"] if len(parsed) == 1 else text


def write(content: Mapping[str, Any]) -> str:
    """Write tables of simple values as TOML.

    Parameters
    ----------
    content : mapping
        Texts, numbers, truth values and lists of them; a mapping inside becomes a table.

    Returns
    -------
    str
        The text; reading it gives ``content`` again, bit for bit.

    Examples
    --------
    >>> print(write({"seed": 1, "network": {"hidden": [64], "init": "he"}}), end="")
    seed = 1
    <BLANKLINE>
    [network]
    hidden = [64]
    init = "he"
    """
    plain = [
        f"{key} = {write_value(value)}" for key, value in content.items() if not isinstance(value, Mapping)
    ]
    tables = [(key, value) for key, value in content.items() if isinstance(value, Mapping)]
    blocks = ["\n".join(plain)] if plain else []
    blocks += [f"[{key}]\n{write(value).rstrip()}" for key, value in tables]
    return "\n\n".join(blocks) + "\n"


def write_value(value: object) -> str:
    """Write one value as TOML; a table in one line.

    Examples
    --------
    >>> write_value([1, 2.5, True, 'digits'])
    '[1, 2.5, true, "digits"]'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {write_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(write_value(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    # A JSON string is a TOML string, but for one sign that JSON need not escape.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
