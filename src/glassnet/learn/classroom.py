"""A class: every pupil's folder marked, and what the teacher should explain tomorrow."""

import ast
import csv
import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from glassnet.errors import DataError
from glassnet.files import atomic_path
from glassnet.learn.course import Course, Standing
from glassnet.learn.exercises import ORDER, load_exercise
from glassnet.learn.process import Worker
from glassnet.learn.source import bare
from glassnet.learn.verdict import Status, Verdict

__all__ = ["Mistake", "Pupil", "SchoolClass", "mark_class"]


@dataclass(frozen=True)
class Pupil:
    """A pupil's folder, marked.

    Attributes
    ----------
    name : str
        The folder's name.
    standings : dict of str to Standing
        By the exercises' names, in order.
    """

    name: str
    standings: dict[str, Standing]

    @property
    def solved(self) -> int:
        """How many exercises are right."""
        return sum(standing.solved for standing in self.standings.values())


@dataclass(frozen=True)
class Mistake:
    """What several pupils may have in common: an exercise, what is wrong, and who made it."""

    exercise: str
    title: str
    pupils: tuple[str, ...]


@dataclass(frozen=True)
class SchoolClass:
    """All pupils, in the order of their names."""

    pupils: tuple[Pupil, ...]

    def mistakes(self) -> list[Mistake]:
        """What is wrong where, the commonest first; only what was recognised, never a guess."""
        who: dict[tuple[str, str], list[str]] = {}
        for pupil in self.pupils:
            for name, standing in pupil.standings.items():
                verdict = standing.verdict
                if verdict is not None and verdict.status in (Status.NAMED, Status.CLUE, Status.STOPPED):
                    who.setdefault((name, verdict.title), []).append(pupil.name)
        found = [Mistake(name, title, tuple(pupils)) for (name, title), pupils in who.items()]
        return sorted(found, key=lambda each: (-len(each.pupils), ORDER.index(each.exercise), each.title))

    def equal_files(self) -> list[tuple[str, tuple[str, ...]]]:
        """Exercises in which pupils have the same code, comments and spaces aside, and who they are."""
        same: dict[tuple[str, str], list[str]] = {}
        for pupil in self.pupils:
            for name, standing in pupil.standings.items():
                started = standing.verdict is not None and standing.verdict.status is not Status.UNSTARTED
                if started and standing.path is not None:
                    same.setdefault((name, _fingerprint(standing.path)), []).append(pupil.name)
        return [(name, tuple(names)) for (name, _), names in same.items() if len(names) > 1]

    def to_csv(self, path: Path) -> None:
        """A table: a row for each pupil, a column for each exercise, and how many are solved."""
        with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as lines:
            table = csv.writer(lines)
            table.writerow(["pupil", *ORDER, "solved"])
            for pupil in self.pupils:
                table.writerow([pupil.name, *map(_cell, pupil.standings.values()), pupil.solved])


def mark_class(folder: Path, jobs: int | None = None) -> Iterator[tuple[int, int, Pupil | SchoolClass]]:
    """Mark the folders within a folder, side by side; each pupil's code has a process of its own.

    Parameters
    ----------
    folder : Path
        Holds a folder for each pupil.
    jobs : int, optional
        How many at the same time; by default as many as there are cores.

    Yields
    ------
    (done, all, Pupil), and at last (all, all, SchoolClass)

    Raises
    ------
    DataError
        If there is no such folder, or no folder with exercises in it.
    """
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder. Give the folder that holds the pupils' folders.")
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")
    names = [name for name in names if any(Course(folder / name).file(exercise) for exercise in ORDER)]
    if not names:
        raise DataError(
            f"{folder}: none of its folders holds exercises. A pupil's folder holds files such as "
            f"01_{ORDER[0]}.py, as `glassnet learn start` lays them out."
        )
    pupils = []
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        for pupil in pool.map(lambda name: _mark_pupil(folder / name), names):
            pupils.append(pupil)
            yield len(pupils), len(names), pupil
    yield len(names), len(names), SchoolClass(tuple(pupils))


def _mark_pupil(folder: Path) -> Pupil:
    with Worker() as worker:
        course = Course(folder, worker)
        return Pupil(folder.name, {name: _standing(course, name) for name in ORDER})


def _standing(course: Course, name: str) -> Standing:
    """How one exercise stands; a file that cannot be read is said of that pupil alone."""
    try:
        return course.mark(name)
    except DataError as error:
        path = course.file(name)
        verdict = Verdict(name, path.name if path else name, Status.STOPPED, str(error))
        return Standing(load_exercise(name), path, verdict)


def _cell(standing: Standing) -> str:
    if standing.verdict is None:
        return "missing"
    verdict = standing.verdict
    return verdict.status.value if verdict.right else f"{verdict.status.value}: {verdict.title}"


def _fingerprint(path: Path) -> str:
    """Of the code alone: docstrings, comments and layout do not count."""
    source = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        source = ast.dump(ast.parse(bare(source)))
    except (SyntaxError, ValueError, RecursionError):
        source = "".join(source.split())
    return hashlib.sha256(source.encode()).hexdigest()
