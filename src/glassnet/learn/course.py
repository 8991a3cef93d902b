"""A learner's folder: a file for each exercise. How each stands is found by running it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glassnet.files import atomic_path
from glassnet.learn.exercise import Exercise
from glassnet.learn.exercises import ORDER, load_exercise
from glassnet.learn.marking import mark_file
from glassnet.learn.process import Worker, shared_worker
from glassnet.learn.verdict import Status, Verdict

__all__ = ["Course", "Standing"]


@dataclass(frozen=True)
class Standing:
    """How one exercise stands in a folder.

    Attributes
    ----------
    exercise : Exercise
    path : Path or None
        The learner's file; None where there is none.
    verdict : Verdict or None
        None without a file.
    """

    exercise: Exercise
    path: Path | None
    verdict: Verdict | None

    @property
    def solved(self) -> bool:
        """Whether it is right."""
        return self.verdict is not None and self.verdict.right


class Course:
    """A folder of exercises.

    Parameters
    ----------
    folder : Path
    worker : Worker, optional
        The process for the learner's code; by default the one that is kept for one learner. For several
        learners give each a worker of its own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     course = Course(Path(folder))
    ...     written = course.start()
    ...     written[0].name, course.start(), course.next().exercise.name
    ('01_pixels.py', [], 'pixels')
    """

    def __init__(self, folder: Path, worker: Worker | None = None) -> None:
        self.folder = folder
        self.worker = worker

    def start(self) -> list[Path]:
        """Write the files of all exercises that have none; what is there stays as it is."""
        written = []
        self.folder.mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(ORDER, start=1):
            if self.file(name) is None:
                path = self.folder / f"{number:02d}_{name}.py"
                with atomic_path(path) as temporary:
                    temporary.write_text(load_exercise(name).task, encoding="utf-8", newline="\n")
                written.append(path)
        return written

    def file(self, name: str) -> Path | None:
        """The learner's file of an exercise, whatever number it has."""
        if not self.folder.is_dir():
            return None
        pattern = re.compile(rf"(\d+_)?{re.escape(name)}\.py")
        found = sorted(path for path in self.folder.iterdir() if pattern.fullmatch(path.name))
        return found[0] if found else None

    def mark(self, name: str, samples: str | None = None) -> Standing:
        """Mark one exercise.

        Parameters
        ----------
        name : str
        samples : {"rows", "columns"}, optional
            How this learner's samples stand; by default found out from the exercises that tell.
        """
        exercise, path = load_exercise(name), self.file(name)
        if path is None:
            return Standing(exercise, None, None)
        if samples is None and any(part.columns_if_said for part in exercise.parts):
            samples = self._samples()
        return Standing(exercise, path, mark_file(exercise, path, self.worker or shared_worker(), samples))

    def standings(self) -> Iterator[Standing]:
        """How all exercises stand, one after the other."""
        samples = self._samples()
        for name in ORDER:
            yield self.mark(name, samples)

    def next(self) -> Standing | None:
        """The first exercise that is not solved; None when all are."""
        return next((standing for standing in self.standings() if not standing.solved), None)

    def _samples(self) -> str:
        """How the samples stand in what is solved and shows it: the first answer counts."""
        for name in ORDER:
            parts = load_exercise(name).parts
            if (
                any(part.columns and not part.columns_if_said for part in parts)
                and self.file(name) is not None
            ):
                verdict = self.mark(name, "rows").verdict
                if verdict is not None and verdict.status is Status.RIGHT:
                    return verdict.samples or "rows"
        return "rows"
