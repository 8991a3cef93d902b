"""Which hints a learner has had: a small file in the folder, so that the next one says a little more."""

import json
from pathlib import Path

from glassnet.files import atomic_path
from glassnet.learn.exercise import Exercise

__all__ = ["next_hint"]

FILE = ".hints.json"


def next_hint(folder: Path, exercise: Exercise) -> tuple[int, str]:
    """The number of the next hint, from 1, and the hint; after the last one again the last.

    Parameters
    ----------
    folder : Path
        The learner's.
    exercise : Exercise
    """
    path = folder / FILE
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        before = int(given.get(exercise.name, 0))
    except (OSError, ValueError, AttributeError, TypeError):  # none yet, or somebody has edited it
        given, before = {}, 0
    number = min(max(before, 0) + 1, len(exercise.hints))
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps({**given, exercise.name: number}, indent=1), encoding="utf-8")
    return number, exercise.hints[number - 1]
