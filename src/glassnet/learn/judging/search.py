"""The search for what made a learner's numbers: the simplest explanation first, and never a guess.

An explanation of an output is a program (a twin, two twins at once, the reference with one slip) whose
numbers are the learner's on every case, or a relation to the right numbers that holds on every case.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..exercise import Twin
from ..source import changed
from . import factors, mutants, shapes, values
from .clues import Clue, Pair, Pairs, Relation
from .outcome import fresh, outcome_of
from .trial import Trial

__all__ = ["Finding", "explain"]

STRONG: tuple[Relation, ...] = (
    values.constant, values.something_else, factors.factor, shapes.transposed, factors.offset, shapes.axis_lost,
    shapes.axis_kept, shapes.moved, values.whole_numbers, values.function_of, values.not_finite,
)  # fmt: skip
WEAK: tuple[Relation, ...] = (
    shapes.wrong_shape, values.only_some, factors.factor, factors.by_rows_or_columns, values.not_finite, values.nearly,
)  # fmt: skip
MOST_SLIPS_OF_TWINS = 400


@dataclass(frozen=True)
class Finding:
    """What explains some of the wrong outputs.

    Attributes
    ----------
    names : tuple of str
        Twins' names, "slip: kind", or a relation's name.
    title, says, breaks, asks : str
        As in a ``Twin``.
    outputs : tuple of str
        What it explains.
    strong : bool
        It explains these numbers completely.
    """

    names: tuple[str, ...]
    title: str
    says: str
    asks: str
    outputs: tuple[str, ...]
    breaks: str = ""
    strong: bool = True


Candidate = tuple[str, Callable[[Sequence[str]], Finding]]


def explain(trial: Trial, twins: Sequence[Twin]) -> list[Finding]:
    """Findings that together explain the wrong outputs, in their order; weak ones where need be."""
    search = _Search(trial, twins)
    findings: list[Finding] = []
    left = list(trial.wrong)
    for step in search.steps():
        for finding in step(left):
            findings.append(finding)
            left = [name for name in left if name not in finding.outputs]
        if not left:
            break
    return sorted(findings, key=lambda finding: trial.outputs.index(finding.outputs[0]))


class _Search:
    def __init__(self, trial: Trial, twins: Sequence[Twin]) -> None:
        self.trial = trial
        self.twins = [
            (twin, text) for twin in twins if (text := changed(trial.reference, twin.changes)) is not None
        ]
        numbers = [number for number in trial.judged if number not in trial.stopped]
        self.compared = bool(numbers) and any(trial.failing(name, numbers) for name in trial.wrong)
        self.all_cases = trial.judged if self.compared else range(len(trial.cases))

    def steps(self) -> Iterator[Callable[[list[str]], Iterable[Finding]]]:
        cases, ordinary = self.all_cases, self.trial.ordinary
        yield lambda left: self._programs(self._single(), left, cases)
        if self.compared:
            yield self._strong_clues
        yield lambda left: self._programs(self._slips(self.trial.reference), left, cases)
        yield lambda left: self._programs(self._double(), left, cases)
        if self.compared and len(ordinary) < len(self.trial.judged):
            yield lambda left: self._on_ordinary(self._single(), left)
            yield lambda left: self._on_ordinary(self._slips(self.trial.reference), left)
        yield lambda left: self._programs(self._single(), left, cases, loosely=True)
        if self.compared:
            yield self._twins_with_clue
        yield lambda left: self._programs(self._slips_of_twins(), left, cases)
        if self.compared:
            yield self._weak_clues

    # -- programs

    def _programs(
        self, candidates: Iterable[Candidate], left: list[str], cases: Sequence[int], loosely: bool = False
    ) -> list[Finding]:
        """Candidates whose numbers are the learner's: one for everything, or one for each of some outputs.

        Unless ``loosely``, a candidate that also changes what the learner has right does not count.
        """
        found: list[tuple[set[str], Finding]] = []
        for text, finding in candidates:
            alike = self.trial.like(text, cases)
            explained = [name for name in left if name in alike]
            if not explained or not (loosely or self.trial.touched(text, cases) <= alike):
                continue
            found.append((set(explained), finding(explained)))
            if set(explained) == set(left):
                break
        return _cover(found, left)

    def _on_ordinary(self, candidates: Iterable[Candidate], left: list[str]) -> list[Finding]:
        wrong = [name for name in left if self.trial.failing(name, self.trial.ordinary)]
        if not wrong:
            return []
        about = {self.trial.cases[number].about for number in self.trial.judged} - {""}
        note = f" With {' or '.join(sorted(about))} something else is wrong as well."
        found = self._programs(candidates, wrong, self.trial.ordinary)
        return [replace(finding, says=finding.says + note) for finding in found]

    def _single(self) -> Iterator[Candidate]:
        for twin, text in self.twins:
            yield (
                text,
                lambda outputs, twin=twin: Finding(  # type: ignore[misc]
                    (twin.name,), twin.title, twin.says, twin.asks, tuple(outputs), twin.breaks
                ),
            )

    def _double(self) -> Iterator[Candidate]:
        for (one, first), (two, second) in itertools.combinations(self.twins, 2):
            text = changed(first, two.changes) or changed(second, one.changes)
            if text is not None:
                yield text, lambda outputs, one=one, two=two: _both(one, two, outputs)  # type: ignore[misc]

    def _slips(self, text: str) -> Iterator[Candidate]:
        for mutant in mutants.mutants(text):
            yield mutant.source, lambda outputs, mutant=mutant: _slip(mutant, outputs)  # type: ignore[misc]

    def _slips_of_twins(self) -> Iterator[Candidate]:
        tried = 0
        for twin, text in self.twins:
            for slip, finding in self._slips(text):
                tried += 1
                if tried > MOST_SLIPS_OF_TWINS:
                    return
                yield (
                    slip,
                    lambda outputs, twin=twin, finding=finding: _besides(  # type: ignore[misc]
                        twin, finding(outputs)
                    ),
                )

    # -- relations

    def _pairs(self, output: str, instead: str | None = None) -> Pairs | None:
        """The learner's numbers of an output beside the right ones (or beside those of another text)."""
        trial, pairs, others = self.trial, [], []
        for number in trial.judged:
            case, got, expected = trial.cases[number], trial.got[number], trial.expected[number]
            if instead is not None:
                expected = outcome_of(instead, trial.part, case)
            if output not in got.measured or output not in expected.measured:
                if got.stopped and not expected.stopped:
                    continue
                return None
            if instead is None and trial.right(number, output):
                wanted = got.measured[output]  # where several values are right, the learner's is
            else:
                wanted = expected.measured[output]
            pairs.append(Pair(case.inputs, case.sizes, wanted, got.measured[output], case.about))
            others.append(self._others(number, output))
        return Pairs(output, pairs, trial.tolerance(output), trial.part.dims, others) if pairs else None

    def _others(self, number: int, output: str) -> dict[str, np.ndarray]:
        case = self.trial.cases[number]
        arrays = dict(self.trial.expected[number].measured)
        arrays.pop(output, None)
        if self.trial.part.quantities is not None:
            with np.errstate(all="ignore"):
                arrays |= dict(self.trial.part.quantities(fresh(case.inputs)))
        inputs = {name: value for name, value in case.inputs.items() if isinstance(value, np.ndarray)}
        return {**inputs, **arrays}

    def _strong_clues(self, left: list[str]) -> Iterator[Finding]:
        for output in left:
            pairs = self._pairs(output)
            clue = _first(STRONG, pairs, strong=True)
            if clue is not None:
                yield _of_clue(clue, output)

    def _weak_clues(self, left: list[str]) -> Iterator[Finding]:
        for output in left:
            clue = _first(WEAK, self._pairs(output), strong=False)
            if clue is not None:
                yield _of_clue(clue, output)

    def _twins_with_clue(self, left: list[str]) -> Iterator[Finding]:
        for output in left:
            for twin, text in self.twins:
                pairs = self._pairs(output, instead=text)
                if pairs is None or all(pairs.same(pair.got, pair.expected) for pair in pairs.pairs):
                    continue
                if all(self._unchanged(pair, number, output) for number, pair in enumerate(pairs.pairs)):
                    continue
                clue = _first((factors.factor, shapes.transposed), pairs, strong=True)
                if clue is not None:
                    yield _besides(twin, _of_clue(clue, output))
                    break

    def _unchanged(self, pair: Pair, number: int, output: str) -> bool:
        expected = self.trial.expected[self.trial.judged[number]].measured.get(output)
        return expected is not None and np.array_equal(pair.expected, expected)


def _first(relations: Sequence[Relation], pairs: Pairs | None, strong: bool) -> Clue | None:
    if pairs is None:
        return None
    for relation in relations:
        clue = relation(pairs)
        if clue is not None and clue.strong >= strong:
            return clue
    return None


def _cover(found: list[tuple[set[str], Finding]], left: list[str]) -> list[Finding]:
    """Few findings for many outputs; where two explain an output equally well, both are told."""
    chosen: list[Finding] = []
    open_ = set(left)
    while open_:
        best = max((len(explained & open_) for explained, _ in found), default=0)
        if best == 0:
            break
        equal = [(explained, finding) for explained, finding in found if len(explained & open_) == best]
        explained = equal[0][0] & open_
        rivals = [finding for other, finding in equal if other & open_ == explained]
        outputs = tuple(name for name in left if name in explained)
        chosen.append(replace(_either(rivals[:3]), outputs=outputs))
        open_ -= explained
    return chosen


def _either(findings: list[Finding]) -> Finding:
    """Several findings with the same numbers: the claim that is true whichever it is."""
    if len(findings) == 1 or all(finding.names[0].startswith("slip") for finding in findings):
        return findings[0]
    return Finding(
        tuple(name for finding in findings for name in finding.names),
        " or ".join(finding.title for finding in findings),
        "Several mistakes give exactly these numbers. " + " Or: ".join(finding.says for finding in findings),
        findings[0].asks,
        findings[0].outputs,
        findings[0].breaks,
    )


def _both(one: Twin, two: Twin, outputs: Sequence[str]) -> Finding:
    return Finding(
        (one.name, two.name),
        f"two things at once: {one.title}; {two.title}",
        f"Your numbers are those of two mistakes together. {one.says} And: {two.says}",
        one.asks,
        tuple(outputs),
        one.breaks if one.breaks == two.breaks else f"{one.breaks}\n  {two.breaks}",
    )


def _slip(mutant: mutants.Mutant, outputs: Sequence[str]) -> Finding:
    words, asks = mutants.WORDS[mutant.kind]
    told = " and ".join(outputs)
    if mutant.kind == "line":
        says = f"Your {told} has exactly the numbers that come out when the line `{mutant.line}` is left out."
    elif mutant.kind == "order":
        says = f"Your {told} has exactly the numbers that come out when `{mutant.line}` stands one line too early."
    else:
        says = f"Your {told} has exactly the numbers that come out of the line `{mutant.line}`."
    return Finding((f"slip: {mutant.kind}",), f"{told}: {words}", says, asks, tuple(outputs))


def _besides(twin: Twin, finding: Finding) -> Finding:
    return Finding(
        (twin.name, *finding.names),
        f"two things at once: {twin.title}; and {finding.title}",
        f"{twin.says} Besides, compared with that: {finding.says}",
        twin.asks,
        finding.outputs,
        twin.breaks,
    )


def _of_clue(clue: Clue, output: str) -> Finding:
    return Finding((clue.name,), clue.title, clue.says, clue.asks, (output,), strong=clue.strong)
