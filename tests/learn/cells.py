"""Learners' files for the tests: several in one file, each beneath a line ``# %% words``."""

from pathlib import Path

HERE = Path(__file__).parent


def cells(kind, name):
    """The files of an exercise: (words, text) for each; what stands above the first belongs to all."""
    path = HERE / kind / f"{name}.py"
    if not path.exists():
        return []
    head, *rest = path.read_text(encoding="utf-8").split("# %% ")
    return [(cell.partition("\n")[0], head + cell.partition("\n")[2]) for cell in rest]
