"""Learners' files for the tests: several in one file, each beneath a line ``# %% words``.

``python -m tests.learn.cells NAME`` prints what the marker says of the wrong ones of an exercise.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent


def cells(kind, name):
    """The files of an exercise: (words, text) for each; what stands above the first belongs to all."""
    path = HERE / kind / f"{name}.py"
    if not path.exists():
        return []
    head, *rest = path.read_text(encoding="utf-8").split("# %% ")
    return [(cell.partition("\n")[0], head + cell.partition("\n")[2]) for cell in rest]


if __name__ == "__main__":
    from glassnet.learn import load_exercise, mark_source

    for words, text in cells("wrong", sys.argv[1]):
        verdict = mark_source(load_exercise(sys.argv[1]), text, "mine.py", seed=0)
        print(f"# %% {words.split(' -> ')[0]} -> {verdict.status}: {verdict.title}\n     {verdict.words}\n")
