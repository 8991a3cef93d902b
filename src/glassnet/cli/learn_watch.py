"""``glassnet learn watch``: what the marker says each time a file is saved."""

import queue
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glassnet.learn import Course, Standing

__all__ = ["watch_course"]

LOOK_SECONDS = 0.1


def watch_course(course: "Course", all_solved: str, as_json: bool = False) -> None:
    """Mark the present exercise now and after each save, until all are solved or the user ends it.

    Parameters
    ----------
    course : Course
    all_solved : str
        What is said at the end.
    as_json : bool
        Print one JSON object for each verdict.
    """
    keys = _typed_lines()
    while (found := course.next()) is not None:
        if not _stay(course, found.exercise.name, keys, as_json):
            return
    print('{"solved": "all"}' if as_json else all_solved, flush=True)


def _stay(course: "Course", name: str, keys: "queue.Queue[str]", as_json: bool) -> bool:
    """Mark one exercise again and again; whether the user goes on with the next one."""
    seen: object = ()
    while True:
        if (now := _stamp(course.file(name))) != seen:  # before it is marked: none is missed
            seen, standing = now, course.mark(name)
            _show(standing, as_json)
        key = _key(keys)
        if key == "q":
            return False
        if key == "h":
            _hint(course, standing)
        if key == "" and standing.solved:
            return True


def _show(standing: "Standing", as_json: bool) -> None:
    verdict = standing.verdict
    if verdict is None:
        print(f"The file of {standing.exercise.name} is gone; waiting for it.", flush=True)
        return
    if as_json:
        print(verdict.to_json(), flush=True)
        return
    if sys.stdout.isatty():
        print("\x1b[2J\x1b[H", end="")
    keys = "Enter: the next exercise" if verdict.right else "save: marked again   h: a hint   q: the end"
    print(f"{verdict.text()}\n\n{keys}", flush=True)


def _hint(course: "Course", standing: "Standing") -> None:
    from glassnet.learn.hints import next_hint

    number, text = next_hint(course.folder, standing.exercise)
    print(f"Hint {number}: {text}", flush=True)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Changes when a file is saved, also by editors that put another file in its place."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return None if found is None else (found.st_mtime_ns, found.st_ino)


def _typed_lines() -> "queue.Queue[str]":
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line.strip().lower())

    threading.Thread(target=read, daemon=True).start()
    return lines


def _key(keys: "queue.Queue[str]") -> str | None:
    """What was typed; None when nothing was for a moment."""
    try:
        return keys.get(timeout=LOOK_SECONDS)
    except queue.Empty:
        return None
