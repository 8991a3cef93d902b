"""One part of an exercise, from its trials to a verdict."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from glassnet.learn import accidents
from glassnet.learn.exercise import Exercise, Part
from glassnet.learn.judging.findings import Finding
from glassnet.learn.judging.outcome import Outcome, turned
from glassnet.learn.judging.search import explain
from glassnet.learn.judging.trial import Trial
from glassnet.learn.verdict import Example, Status, Verdict, shown

__all__ = ["judge"]


def judge(
    exercise: Exercise,
    trials: Sequence[Trial],
    repeats: Sequence[Outcome],
    said: str | None,
    source: str,
    file: str,
    parameters: Sequence[str] | None,
) -> Verdict:
    """The verdict on one part.

    Parameters
    ----------
    exercise : Exercise
    trials : sequence of Trial
        With samples in rows, and in columns where the part knows them.
    repeats : sequence of Outcome
        The first case once more with another state of chance, and with the first one again.
    said : str or None
        "columns" where the learner said so.
    source, file : str
        The learner's text and its file's name.
    parameters : sequence of str or None
        Of the learner's function.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a learner's numbers anything may come
        return _judged(exercise, trials, repeats, said, source, file, parameters)


def _judged(
    exercise: Exercise,
    trials: Sequence[Trial],
    repeats: Sequence[Outcome],
    said: str | None,
    source: str,
    file: str,
    parameters: Sequence[str] | None,
) -> Verdict:
    trial = _chosen(trials, said)
    part = trial.part
    if not trial.wrong and not trial.stopped:
        return _right(exercise, trial, repeats, file)
    unsteady = _unsteady(part, trials[0], repeats) if not trial.columns else None
    interface = _interface(trial, parameters)
    if interface is not None:
        title, words = interface
        status, findings, error = Status.STOPPED, [Finding((), title, words, "", ())], None
    elif unsteady is not None:
        status, findings, error = Status.NAMED, [unsteady], None
    else:
        findings = explain(trial, exercise.twins)
        error = next((trial.got[number].error for number in trial.stopped if trial.got[number].error), None)
        status, findings = _status(trial, findings, error, source)
    example = None if status is Status.STOPPED else _example(trial, findings)
    return Verdict(
        exercise.name,
        file,
        status,
        _title(trial, findings),
        part.name,
        " ".join(finding.says for finding in findings),
        "\n  ".join(dict.fromkeys(finding.breaks for finding in findings if finding.breaks)),
        example,
        next((finding.asks for finding in findings if finding.asks), ""),
        tuple(dict.fromkeys(name for finding in findings for name in finding.names)),
        tuple(_evidence(trial)),
        (*_remarks(trial), *_other_convention(trials, trial)),
        error.get("line") if error else None,
        accidents.lines_of(error, source) if error else (),
    )


def _chosen(trials: Sequence[Trial], said: str | None) -> Trial:
    """The trial with the learner's convention: the one that works."""
    rows, part = trials[0], trials[0].part
    if len(trials) == 1:
        return rows
    columns = trials[1]
    if part.columns_if_said:
        return columns if said == "columns" else rows
    if not rows.wrong and not rows.stopped:
        return rows
    if not columns.wrong and not columns.stopped:
        return columns
    runs = [_runs(trial) for trial in trials]
    if runs[0] != runs[1]:
        return trials[runs.index(max(runs))]
    return columns if said == "columns" else rows


def _runs(trial: Trial) -> int:
    """On how many ordinary cases the learner's code gives all outputs in the right shapes."""
    return sum(
        all(
            name in trial.got[number].measured
            and np.shape(trial.got[number].measured[name]) == np.shape(array)
            for name, array in trial.expected[number].measured.items()
        )
        for number in trial.ordinary
    )  # fmt: skip


def _right(exercise: Exercise, trial: Trial, repeats: Sequence[Outcome], file: str) -> Verdict:
    part = trial.part
    again = _unsteady(part, trial, repeats) if not trial.columns else None
    if again is not None:
        return Verdict(
            exercise.name,
            file,
            Status.NAMED,
            again.title,
            part.name,
            again.says,
            question=again.asks,
            names=again.names,
        )
    changed = {name for number in trial.judged for name in trial.got[number].changed}
    frozen = [name for name in part.frozen if name in changed]
    if frozen:
        return Verdict(
            exercise.name, file, Status.NAMED, f"{frozen[0]} is changed in place", part.name,
            f"The numbers you return are right, but {' and '.join(frozen)} holds other numbers after the call, and is "
            "needed again.",
            question="Which of your lines writes into an array that came in as an argument?", names=("changed in place",),
        )  # fmt: skip
    samples = "columns" if trial.columns else ""
    return Verdict(
        exercise.name, file, Status.RIGHT, "right", part.name, remarks=tuple(_remarks(trial)), samples=samples
    )


def _unsteady(part: Part, trial: Trial, repeats: Sequence[Outcome]) -> Finding | None:
    """The same inputs give other numbers when they come a second time."""
    if part.measure is not None or len(repeats) < 2:
        return None
    first, other, again = trial.got[0], *repeats
    if first.stopped or other.stopped or again.stopped:
        return None
    names = [
        name
        for name in first.measured
        if not np.array_equal(first.measured[name], other.measured.get(name, ()), equal_nan=True)
    ]
    if not names:
        return None
    told = " and ".join(names)
    if all(np.array_equal(first.measured[name], again.measured[name], equal_nan=True) for name in names):
        return Finding(
            ("random",), f"{told} depends on chance", f"Called twice with the same inputs, your {told} differs: a random number is drawn.",
            "Which of your lines draws a random number, and does the mathematics have one there?", tuple(names),
        )  # fmt: skip
    return Finding(
        ("remembered",), f"{told} depends on earlier calls",
        f"Called twice with the same inputs, your {told} differs: something is kept from the first call.",
        "What outlives a call: a name outside the function, a default argument, an array that is changed in place?",
        tuple(names),
    )  # fmt: skip


def _interface(trial: Trial, parameters: Sequence[str] | None) -> tuple[str, str] | None:
    """What is returned, or how the function is called, is not what was agreed."""
    part, got = trial.part, [trial.got[number] for number in trial.judged]
    wanted = list(trial.cases[0].inputs)
    if parameters and part.drive is None and parameters != wanted and sorted(parameters) == sorted(wanted):
        return "the arguments are in another order", (
            f"{part.name} is called with ({', '.join(wanted)}); yours takes ({', '.join(parameters)})."
        )
    outside = [
        outcome
        for outcome in got
        if outcome.error and not outcome.error.get("frames") and outcome.error["type"] == "TypeError"
    ]
    if outside and parameters is not None and part.drive is None:
        return "the arguments are not the agreed ones", (
            f"{part.name} is called with ({', '.join(wanted)}); yours takes ({', '.join(parameters)})."
        )
    returns = ", ".join(part.outputs)
    if all(outcome.problem == "nothing" for outcome in got):
        return "it returns None", f"{part.name} returns nothing. It ends without a return of {returns}."
    if any(outcome.problem == "nothing" for outcome in got):
        return "sometimes it returns None", f"On some inputs {part.name} ends without a return of {returns}."
    for outcome in got:
        if outcome.problem == "count":
            return (
                "it returns something else",
                f"{part.name} returns {outcome.detail}; it should be {returns}.",
            )
        if outcome.problem == "kind":
            return "what it returns are no numbers", f"{outcome.detail}; it should hold numbers."
        if outcome.problem == "shape":
            return "what it returns has another shape", f"The result cannot be looked at: {outcome.detail}."
    return None


def _status(trial: Trial, findings: list[Finding], error: Any, source: str) -> tuple[Status, list[Finding]]:
    if any(finding.strong for finding in findings):
        told = sorted(findings, key=lambda finding: not finding.strong)
        if error is not None:
            told.append(
                Finding((), "", accidents.sentence(error, source)[1] + _where_it_stops(trial), "", ())
            )
        return Status.NAMED, told
    if error is not None:
        title, words = accidents.sentence(error, source)
        where = _where_it_stops(trial)
        return Status.STOPPED, [Finding((), title, words + where, "", ()), *findings]
    if findings:
        return Status.CLUE, findings
    title = f"{' and '.join(trial.wrong)} {'are' if len(trial.wrong) > 1 else 'is'} wrong"
    return Status.WRONG, [Finding((), title, "", "", tuple(trial.wrong))]


def _where_it_stops(trial: Trial) -> str:
    if len(trial.stopped) == len(trial.judged):
        return ""
    case = trial.cases[trial.stopped[0]]
    if case.about:
        return f" That happens with {case.about}."
    if case.sizes is not None:
        return f" That happens with N = {case.sizes.N} samples, not always."
    return " That happens on some inputs only."


def _title(trial: Trial, findings: list[Finding]) -> str:
    titles = list(dict.fromkeys(finding.title for finding in findings if finding.title))
    return "; ".join(titles[:2]) + (" …" if len(titles) > 2 else "")


def _evidence(trial: Trial) -> list[str]:
    told = []
    for name in trial.wrong:
        failing = trial.failing(name)
        told.append(f"{name} is wrong on {len(failing)} of {len(trial.judged)} inputs")
    fine = [name for name in trial.outputs if name not in trial.wrong]
    if fine and trial.wrong:
        told.append(f"{' and '.join(fine)} {'are' if len(fine) > 1 else 'is'} right")
    warnings = {
        f"line {warning['line']}: {warning['message']}"
        for number in trial.judged
        for warning in trial.got[number].warnings
    }
    return told + sorted(warnings)


def _remarks(trial: Trial) -> list[str]:
    remarks = []
    if not trial.wrong and not trial.stopped:
        noted = [number for number, case in enumerate(trial.cases) if case.remark]
        remarks += [
            trial.cases[n].remark for n in noted if any(trial.failing(name, [n]) for name in trial.outputs)
        ]
    if trial.columns:
        remarks.append(
            "Your samples stand in columns; the file has them in rows. The mathematics is the same, transposed."
        )
    changed = sorted(
        {name for number in trial.judged for name in trial.got[number].changed}
        - set(trial.part.in_place.values())
    )
    if changed:
        remarks.append(
            f"{' and '.join(changed)} holds other numbers after the call: your code writes into it."
        )
    if any(trial.got[number].extra for number in trial.judged):
        remarks.append(f"More is returned than {', '.join(trial.part.outputs)}; only that was looked at.")
    return remarks


def _other_convention(trials: Sequence[Trial], trial: Trial) -> list[str]:
    rest = [other for other in trials if other is not trial and not other.wrong and not other.stopped]
    if not rest:
        return []
    return [
        'With samples in columns it would be right. If yours stand so everywhere, write SAMPLES = "columns" into the file.'
        if rest[0].columns
        else 'With samples in rows it would be right; the file says SAMPLES = "columns".'
    ]


def _example(trial: Trial, findings: list[Finding]) -> Example | None:
    """The smallest case on which the first output that is told of is wrong."""
    outputs = [name for finding in findings for name in finding.outputs] or trial.wrong
    for output in outputs:
        for number in [*trial.failing(output), *range(len(trial.cases))]:
            got, expected = (
                trial.got[number].measured.get(output),
                trial.expected[number].measured.get(output),
            )
            if got is None or expected is None or trial.right(number, output):
                continue
            case = trial.cases[number]
            inputs = turned(trial.part, case.inputs) if trial.columns else case.inputs
            turn = trial.columns and output in trial.part.columns
            got, expected = (array.T if turn else array for array in (got, expected))
            return Example(
                {name: shown(value) for name, value in inputs.items()},
                output, shown(got), shown(expected), _first_difference(got, expected), case.about,
            )  # fmt: skip
    return None


def _first_difference(got: np.ndarray, expected: np.ndarray) -> str:
    if got.shape != expected.shape or got.size < 2:
        return "" if got.shape == expected.shape else f"shapes: {got.shape} instead of {expected.shape}"
    with np.errstate(all="ignore"):
        wrong = ~np.isclose(np.asarray(got, dtype=float), expected, rtol=1e-4, atol=1e-9, equal_nan=True)
    if not np.any(wrong):
        return ""
    index = tuple(int(place) for place in np.argwhere(wrong)[0])
    return f"at [{', '.join(map(str, index))}]: {shown(got[index])} instead of {shown(expected[index])}"
