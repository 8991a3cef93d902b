"""From a learner's file to a verdict."""

import inspect
import secrets
import textwrap
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.errors import DataError
from glassnet.learn import accidents, inside
from glassnet.learn.exercise import Case, Exercise, Part
from glassnet.learn.judging.judge import judge
from glassnet.learn.judging.outcome import Outcome, outcome_of, read, turned
from glassnet.learn.judging.trial import Trial
from glassnet.learn.process import Report, Worker, shared_worker
from glassnet.learn.source import untouched
from glassnet.learn.verdict import Status, Verdict

__all__ = ["mark_file", "mark_functions", "mark_source"]

Runner = Callable[[str, list[dict[str, Any]], float], Report]
MOST_CHARACTERS = 500_000


@dataclass(frozen=True)
class _Call:
    """One call of a job, and what it belongs to."""

    part: int
    case: int
    columns: bool
    repeat: int
    call: dict[str, Any]


def mark_file(
    exercise: Exercise, path: Path, worker: Worker | None = None, samples: str | None = None
) -> Verdict:
    """Mark a file in a process of its own.

    Parameters
    ----------
    exercise : Exercise
    path : Path
    worker : Worker, optional
        The process to use; by default one that is kept for this purpose.
    samples : {"rows", "columns"}, optional
        How the learner's samples stand in exercises that cannot be told apart by their shapes.

    Raises
    ------
    DataError
        The file cannot be read.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not a text in UTF-8; save it as UTF-8 in your editor") from None
    return mark_source(exercise, source, path.name, (worker or shared_worker()).run, samples=samples)


def mark_functions(exercise: Exercise, functions: Mapping[str, Any], seed: int | None = None) -> Verdict:
    """Mark functions of a notebook, in this process."""
    source = ""
    with_source = [value for value in functions.values() if inspect.isfunction(value)]
    if len(with_source) == 1:
        try:
            source = textwrap.dedent(inspect.getsource(with_source[0]))
        except (OSError, TypeError):
            source = ""
    runner: Runner = lambda _, calls, __: inside.run_functions(functions, calls)  # noqa: E731
    return mark_source(exercise, source or "pass", exercise.name, runner, seed)


def mark_source(
    exercise: Exercise,
    source: str,
    file: str,
    run: Runner = inside.run_here,
    seed: int | None = None,
    samples: str | None = None,
) -> Verdict:
    """Mark the text of a file.

    Parameters
    ----------
    exercise : Exercise
    source : str
    file : str
        Its name, as it is told.
    run : callable
        Runs the text and makes the calls: ``Worker.run``, or ``inside.run_here``.
    seed : int, optional
        For the numbers that it is tried on; by default other ones each time.
    samples : {"rows", "columns"}, optional
        How the learner's samples stand, where it is known.
    """
    started = time.perf_counter()
    verdict = _mark(exercise, source, file, run, secrets.randbits(64) if seed is None else seed, samples)
    return replace(verdict, seconds=time.perf_counter() - started)


def _mark(exercise: Exercise, source: str, file: str, run: Runner, seed: int, samples: str | None) -> Verdict:
    names = [part.name for part in exercise.parts]
    if len(source) > MOST_CHARACTERS:
        return Verdict(
            exercise.name, file, Status.STOPPED, "the file is too long", words="It is no exercise's file."
        )
    open_ = untouched(source, names)
    if open_ == names:
        return _unstarted(exercise, file, open_[0])
    rng = np.random.default_rng(seed)
    cases = [part.cases(rng) for part in exercise.parts]
    calls = _calls(exercise, cases)
    report = run(source, [call.call for call in calls], exercise.seconds)
    if report.unloaded is not None:
        return _accident(exercise, file, "", report.unloaded, source, report.printed)
    if report.loaded is None:
        title, words = accidents.ended(report, exercise.seconds)
        return Verdict(exercise.name, file, Status.STOPPED, title, words=words, line=report.line)
    said = report.loaded.get("samples") or samples
    remarks: list[str] = []
    samples_stand = ""
    for number, part in enumerate(exercise.parts):
        own = [(index, call) for index, call in enumerate(calls) if call.part == number]
        verdict = _mark_part(exercise, part, cases[number], own, report, source, file, said)
        if verdict.status is not Status.RIGHT:
            return replace(verdict, printed=report.printed)
        remarks += [remark for remark in verdict.remarks if remark not in remarks]
        samples_stand = samples_stand or verdict.samples
    return Verdict(
        exercise.name,
        file,
        Status.RIGHT,
        "right",
        words=exercise.why,
        remarks=tuple(remarks),
        samples=samples_stand,
        printed=report.printed,
    )


def _calls(exercise: Exercise, cases: list[list[Case]]) -> list[_Call]:
    calls = []
    for number, part in enumerate(exercise.parts):
        drive = {}
        if part.drive is not None:
            drive = {"drive": textwrap.dedent(inspect.getsource(part.drive)), "driver": part.drive.__name__}
        for index, case in enumerate(cases[number]):
            for columns in (False, True) if part.columns else (False,):
                inputs = turned(part, case.inputs) if columns else case.inputs
                call = {"function": part.name, "inputs": inputs, "seed": 1, **drive}
                calls.append(_Call(number, index, columns, 0, call))
        for repeat, seed in ((1, 2), (2, 1)):  # again with another state of chance, and with the first one
            call = {"function": part.name, "inputs": cases[number][0].inputs, "seed": seed, **drive}
            calls.append(_Call(number, 0, False, repeat, call))
    return calls


def _mark_part(
    exercise: Exercise,
    part: Part,
    cases: list[Case],
    calls: list[tuple[int, _Call]],
    report: Report,
    source: str,
    file: str,
    said: str | None,
) -> Verdict:
    assert report.loaded is not None
    if part.name not in report.loaded["defined"]:
        return _missing(exercise, part, file, list(report.loaded["defined"]))
    if part.name in untouched(source, [part.name]):
        return _unstarted(exercise, file, part.name)
    answered = [index for index, _ in calls if index in report.answers]
    if len(answered) < len(calls) and not report.done:
        title, words = accidents.ended(report, exercise.seconds)
        return Verdict(
            exercise.name, file, Status.STOPPED, title, part.name, words, line=report.line,
            traceback=accidents.lines_of({"frames": [{"line": report.line, "function": part.name}]}, source)
            if report.line else (),
        )  # fmt: skip
    expected = [outcome_of(exercise.reference, part, case) for case in cases]
    trials = []
    repeats = []
    for columns in (False, True) if part.columns else (False,):
        got = [
            _outcome(part, cases[call.case], report.answers[index], columns)
            for index, call in calls
            if call.columns is columns and call.repeat == 0
        ]
        trials.append(Trial(part, exercise.reference, cases, expected, got, columns))
    repeats = [_outcome(part, cases[0], report.answers[index], False) for index, call in calls if call.repeat]
    parameters = report.loaded["defined"][part.name].get("parameters")
    return judge(exercise, trials, repeats, said, source, file, parameters)


def _outcome(part: Part, case: Case, answer: Mapping[str, Any], columns: bool) -> Outcome:
    warnings = tuple(answer.get("warnings", ()))
    changed = answer.get("changed", {})
    if "error" in answer:
        return Outcome(error=answer["error"], changed=changed, warnings=warnings)
    return replace(read(part, case, answer.get("value"), changed, columns), warnings=warnings)


def _unstarted(exercise: Exercise, file: str, name: str) -> Verdict:
    return Verdict(
        exercise.name, file, Status.UNSTARTED, f"{name} is still to be written", name,
        "Write what stands beneath its docstring.",
    )  # fmt: skip


def _missing(exercise: Exercise, part: Part, file: str, defined: list[str]) -> Verdict:
    there = "It defines " + ", ".join(defined) + "." if defined else "It defines none."
    return Verdict(
        exercise.name, file, Status.STOPPED, f"there is no {part.name}", part.name,
        f"The file has to define {part.name}. {there}",
    )  # fmt: skip


def _accident(
    exercise: Exercise, file: str, function: str, error: Mapping[str, Any], source: str, printed: str
) -> Verdict:
    title, words = accidents.sentence(error, source)
    return Verdict(
        exercise.name, file, Status.STOPPED, title, function, words, line=error.get("line"),
        traceback=accidents.lines_of(error, source), printed=printed,
    )  # fmt: skip
