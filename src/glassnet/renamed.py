"""Modules renamed since version 0.1: the old names still work in this version, with a warning."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["RENAMED", "answer_to_old_names"]

RENAMED = {
    "glassnet.ink": "glassnet.preprocessing",
    "glassnet.teaching": "glassnet.finetuning",
    "glassnet.walkthrough": "glassnet.explain",
    "glassnet.robustness": "glassnet.evaluation.robustness",
}


def _new_name(name: str) -> str | None:
    """What a module of an old room is called now: ``glassnet.ink.open`` is in preprocessing."""
    room = ".".join(name.split(".")[:2])
    return RENAMED[room] + name.removeprefix(room) if room in RENAMED else None


class _OldNames:
    """Finds and loads a module by its old name; asked last, when nothing else was found."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if _new_name(name) is None:
            return None
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]  # importlib.abc would cost 9 ms

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        import warnings

        new = _new_name(spec.name)
        assert new is not None  # find_spec has looked
        module = import_module(new)
        warnings.warn(f"{spec.name} is called {new} now.", DeprecationWarning, stacklevel=2)
        twin = ModuleType(spec.name, module.__doc__)
        own = {"__name__", "__spec__", "__loader__", "__package__", "__path__", "__file__"}
        twin.__dict__.update({name: value for name, value in vars(module).items() if name not in own})
        return twin

    def exec_module(self, module: ModuleType) -> None:
        """Everything is there already."""


def answer_to_old_names() -> None:
    """Let ``import glassnet.ink`` and the like find what they were called for."""
    if not any(type(finder) is _OldNames for finder in sys.meta_path):
        sys.meta_path.append(_OldNames())
