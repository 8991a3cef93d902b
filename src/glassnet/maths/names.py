"""Things that are chosen by name: a table of them, and the nearest name where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from difflib import get_close_matches
from typing import Any, TypeVar

__all__ = ["look_up", "nearest", "register"]

T = TypeVar("T")


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known name that is most like this one, if one is so much like it (0 to 1: not at all, the same).

    Capitals and the signs between words do not count.

    >>> known = ["relu", "leaky_relu", "tanh"]
    >>> nearest("ReLu", known), nearest("leaky-rellu", known), nearest("swish", known)
    ('relu', 'leaky_relu', None)
    """
    plain = {_plain(each): each for each in known}
    close = get_close_matches(_plain(name), plain, n=1, cutoff=least)
    return plain[close[0]] if close else None


def look_up(what: str, name: object, table: Mapping[str, T]) -> T:
    """``table[name]``.

    Raises
    ------
    ValueError
        If there is nothing of that name; it says what there is, and what is nearest.

    >>> look_up("activation", "rellu", {"relu": 1, "tanh": 2})
    Traceback (most recent call last):
    ValueError: no activation is called 'rellu'; there are relu, tanh; the nearest is 'relu'
    """
    if isinstance(name, str) and name in table:
        return table[name]
    near = nearest(str(name), table)
    guess = f"; the nearest is {near!r}" if near else ""
    raise ValueError(f"no {what} is called {name!r}; there are {', '.join(table)}{guess}")


def register(table: MutableMapping[str, Any], name: str, entry: Any) -> None:
    """Put a class, or an object of one, into a table; the same class may come again, as from a notebook.

    Raises
    ------
    ValueError
        If another one has that name.

    >>> table = {}
    >>> register(table, "whole", int)
    >>> register(table, "whole", float)
    Traceback (most recent call last):
    ValueError: 'whole' is builtins.int already; choose another name
    """
    if name in table and _place(table[name]) != _place(entry):
        raise ValueError(f"{name!r} is {_place(table[name])} already; choose another name")
    table[name] = entry


def _place(entry: Any) -> str:
    kind = entry if isinstance(entry, type) else type(entry)
    return f"{kind.__module__}.{kind.__qualname__}"


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
