"""Shapes that stand in annotations are checked at every call: ``NxD`` is ``Annotated[Array, "N D"]``.

``conftest.py`` calls :func:`check_shapes_of` before anything of the package is imported, and switches the
checks on for the tests of ``maths`` and ``nn``; all others would take twice their time. The checking itself
is jaxtyping's and beartype's; the package knows neither.
"""

import functools
import importlib.machinery
import inspect
import operator
import sys
import types
import typing
from collections.abc import Callable

import jaxtyping
import numpy as np
from beartype import beartype

on = False


def check_shapes_of(*packages):
    """From now on, whatever is imported from these packages has its shapes checked."""
    sys.meta_path.insert(0, Finder(packages))


class Finder(importlib.machinery.PathFinder):
    """Finds modules as Python does, and lets :class:`Loader` load ours."""

    def __init__(self, packages):
        self.packages = packages

    def find_spec(self, name, path=None, target=None):
        if not any(name == package or name.startswith(f"{package}.") for package in self.packages):
            return None
        spec = super().find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(name, spec.loader.path)
        return spec


class Loader(importlib.machinery.SourceFileLoader):
    """Replaces each function of a module by one that checks, before others import it from there."""

    def exec_module(self, module):
        super().exec_module(module)
        for home in (module, *filter(inspect.isclass, vars(module).values())):
            if getattr(home, "__module__", module.__name__) == module.__name__:
                for name, function in list(vars(home).items()):
                    if inspect.isfunction(function) and function.__module__ == module.__name__:
                        setattr(home, name, checked(function))


def checked(function):
    """The function, with a check of arguments and results whose annotations say a shape, while that is on."""
    hints = typing.get_type_hints(function, include_extras=True)
    shapes = {
        name: checkable for name, hint in hints.items() if (checkable := as_jaxtyping(hint)) is not None
    }
    if not shapes:
        return function
    twin = types.FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    twin.__kwdefaults__, twin.__annotations__ = function.__kwdefaults__, shapes
    checking = jaxtyping.jaxtyped(beartype(twin), typechecker=None)

    @functools.wraps(function)
    def either(*arguments, **named):
        return (checking if on else function)(*arguments, **named)

    return either


def as_jaxtyping(hint):
    """``Annotated[Array, "N D"]`` as ``Float[ndarray, "N D"]``, inside of others too; None without shapes."""
    parts = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Annotated:
        kind = jaxtyping.Shaped if parts[0] is np.ndarray else jaxtyping.Float
        return kind[np.ndarray, parts[1]]
    inside = [] if typing.get_origin(hint) is Callable else [as_jaxtyping(part) for part in parts]
    if not any(part is not None for part in inside):
        return None
    whole = [part if checkable is None else checkable for part, checkable in zip(parts, inside, strict=True)]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return functools.reduce(operator.or_, whole)
    return typing.get_origin(hint)[tuple(whole)]
