"""The search for what made a learner's numbers: the simplest explanation first, and never a guess.

An explanation of an output is a program (a twin, two twins at once, the reference with one slip or one step more)
or a formula whose numbers are the learner's on every case, or a relation to the right numbers that holds on
every case.
"""

import ast
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from glassnet.learn.exercise import Twin
from glassnet.learn.judging import (
    alterations,
    factors,
    findings,
    formulas,
    hooks,
    mutants,
    pieces,
    shapes,
    values,
)
from glassnet.learn.judging.clues import Clue, Pair, Pairs, Relation
from glassnet.learn.judging.findings import Finding
from glassnet.learn.judging.outcome import Program, fresh, outcome_of
from glassnet.learn.judging.trial import Trial
from glassnet.learn.source import changed

__all__ = ["explain"]

STRONG: tuple[Relation, ...] = (
    values.constant, values.something_else, factors.factor, shapes.transposed, factors.offset, shapes.axis_lost,
    shapes.axis_kept, shapes.moved, values.whole_numbers, values.function_of, pieces.piecewise, values.not_finite,
)  # fmt: skip
GENERAL: tuple[Relation, ...] = (pieces.clipped, pieces.threshold, pieces.straight_line, shapes.fixed_size)
WEAK: tuple[Relation, ...] = (
    shapes.wrong_shape, pieces.only_some, factors.factor, factors.by_rows_or_columns, values.not_finite, values.nearly,
)  # fmt: skip
MOST_SLIPS_OF_TWINS = 250

Candidate = tuple[str | Program, Callable[[Sequence[str]], Finding]]
Step = Callable[[list[str]], Iterable[Finding]]


def explain(trial: Trial, twins: Sequence[Twin]) -> list[Finding]:
    """Findings that together explain the wrong outputs, in their order; weak ones where need be."""
    search = _Search(trial, twins)
    found: list[Finding] = []
    left = [name for name in trial.wrong if trial.failing(name, search.numbers)]
    for step in search.steps() if left else ():
        for finding in step(left):
            found.append(finding)
            left = [name for name in left if name not in finding.outputs]
        if not left:
            break
    if found and left:
        told = f"{' and '.join(left)} {'are' if len(left) > 1 else 'is'} wrong as well."
        found.append(Finding((), "", told, "", tuple(left), strong=False))
    return sorted(found, key=lambda finding: trial.outputs.index(finding.outputs[0]))


class _Search:
    def __init__(self, trial: Trial, twins: Sequence[Twin]) -> None:
        self.trial = trial
        texts = [(twin, changed(trial.reference, twin.changes)) for twin in twins]
        self.twins = [(twin, text) for twin, text in texts if text is not None]
        judged = [number for number in trial.judged if number not in trial.stopped]
        self.compared = any(trial.failing(name, judged) for name in trial.wrong)
        square = [number for number, case in enumerate(trial.cases) if case.square]
        self.cases = [*trial.judged, *(square if trial.stopped else [])]  # what stops may still run on these
        self.numbers = [number for number in self.cases if not trial.got[number].stopped]
        self.half: list[tuple[set[str], Finding]] = []  # what holds on ordinary cases only
        about = dict.fromkeys(trial.cases[number].about for number in trial.judged)
        self.about = " or ".join(words for words in about if words)

    def steps(self) -> Iterator[Step]:
        reference = self.trial.reference
        yield lambda left: self._programs(self._single(), left)
        yield lambda left: self._clues(left, STRONG)
        yield lambda left: self._programs(self._cut(reference), self._telling(left), loosely=True)
        yield lambda left: self._programs(self._slips(reference), self._telling(left), loosely=True)
        yield lambda left: self._programs(self._double(), left)
        yield lambda left: self._programs(self._altered(reference), self._telling(left), loosely=True)
        yield lambda left: self._clues(self._telling(left), GENERAL)
        yield self._formulas
        yield lambda left: findings.cover(self.half, left)
        yield lambda left: self._programs(self._single(), left, loosely=True)
        yield self._twins_with_clue
        if self.compared:
            yield lambda left: self._programs(self._slips_of_twins(), self._telling(left))
        yield lambda left: self._clues(left, WEAK, strong=False)

    def _telling(self, left: list[str]) -> list[str]:
        """The outputs of more than yes and no: a few of those agree with many a program by chance."""
        return [
            name
            for name in left
            if any(
                outcome.measured[name].dtype.kind != "b"
                for outcome in self.trial.expected
                if name in outcome.measured  # a measure may give others by case
            )
        ]

    # -- programs

    def _programs(
        self, candidates: Iterable[Candidate], left: list[str], loosely: bool = False
    ) -> list[Finding]:
        """Candidates whose numbers are the learner's: one for everything, or one for each of some outputs.

        Unless ``loosely``, a candidate that changes something in another way than the learner does not count.
        """
        found: list[tuple[set[str], Finding]] = []
        for program, finding in candidates if left else ():
            everywhere, ordinary = self.trial.like(program, self.cases)
            explained = [name for name in left if name in everywhere]
            if not explained:
                half = [name for name in left if name in ordinary]
                if half and self.compared and self._allowed(program, ordinary, loosely):
                    self.half.append((set(half), findings.noted(finding(half), self.about)))
                continue
            if not self._allowed(program, everywhere, loosely):
                continue
            found.append((set(explained), finding(explained)))
            if set(explained) == set(left):
                break
        return findings.cover(found, left)

    def _allowed(self, program: str | Program, alike: set[str], loosely: bool) -> bool:
        return loosely or len(self.trial.outputs) == 1 or self.trial.touched(program, self.cases) <= alike

    def _single(self) -> Iterator[Candidate]:
        for twin, text in self.twins:
            yield text, lambda outputs, twin=twin: findings.of_twin(twin, outputs)  # type: ignore[misc]

    def _double(self) -> Iterator[Candidate]:
        for (one, first), (two, second) in itertools.combinations(self.twins, 2):
            text = changed(first, two.changes) or changed(second, one.changes)
            if text is not None:
                yield text, lambda outputs, a=one, b=two: findings.both(a, b, outputs)  # type: ignore[misc]

    def _slips(self, text: str) -> Iterator[Candidate]:
        for mutant in mutants.mutants(text):
            yield mutant.source, lambda outputs, mutant=mutant: findings.slip(mutant, outputs)  # type: ignore[misc]

    def _cut(self, text: str) -> Iterator[Candidate]:
        """The reference without some of the samples, inputs or outputs."""
        part = self.trial.part
        return self._altering(alterations.cuts(text, part.own, self.trial.axes, dict(part.dims)))

    def _altered(self, text: str) -> Iterator[Candidate]:
        """The reference with one more step."""
        part = self.trial.part
        return self._altering(alterations.alterations(text, part.own, part.outputs))

    def _altering(self, found: Iterable[alterations.Alteration]) -> Iterator[Candidate]:
        for item in found:
            yield item.program, lambda outputs, item=item: findings.alteration(item, outputs)  # type: ignore[misc]

    def _slips_of_twins(self) -> Iterator[Candidate]:
        """A twin with one slip in a line that the twin leaves as it is."""
        lines = set(_statements(self.trial.reference))
        candidates = (
            (mutant.source, lambda outputs, twin=twin, mutant=mutant: _slipped(twin, mutant, outputs))
            for twin, text in self.twins
            for mutant in mutants.mutants(text)
            if mutant.original in lines
        )
        yield from itertools.islice(candidates, MOST_SLIPS_OF_TWINS)

    # -- relations

    def _clues(
        self, left: list[str], relations: Sequence[Relation], strong: bool = True
    ) -> Iterator[Finding]:
        for output in left if self.compared else ():
            pairs = self._pairs(output)
            if pairs is None or (strong and len(pairs.pairs) < 2):
                continue
            clue = _first(relations, pairs, strong)
            if clue is not None:
                yield findings.of_clue(clue, output)
            elif strong and self._wrong_on_ordinary(output):
                ordinary = replace(pairs, pairs=[pair for pair in pairs.pairs if not pair.about], others=())
                half = _first(relations, ordinary, strong) if len(ordinary.pairs) > 1 else None
                if half is not None:
                    self.half.append(({output}, findings.noted(findings.of_clue(half, output), self.about)))

    def _wrong_on_ordinary(self, output: str) -> bool:
        return bool(self.trial.failing(output, self.trial.ordinary))

    def _twins_with_clue(self, left: list[str]) -> Iterator[Finding]:
        for output in left if self.compared else ():
            for twin, text in self.twins:
                pairs = self._pairs(output, instead=text)
                if pairs is None or output not in self.trial.touched(text, self.numbers):
                    continue
                clue = _first((factors.factor, shapes.transposed), pairs, strong=True)
                if clue is not None:
                    yield findings.besides(twin, findings.of_clue(clue, output))
                    break

    def _formulas(self, left: list[str]) -> Iterator[Finding]:
        """Formulas of what the function knows, on the cases on which the learner's code gives numbers."""
        trial = self.trial
        if trial.part.drive is not None or trial.part.measure is not None:
            return
        known = [hooks.traced(trial.reference, trial.part, trial.cases[number]) for number in self.numbers]
        for output in left:
            pairs = self._pairs(output)
            if pairs is None or len(self.numbers) < 2 or not trial.failing(output, self.numbers):
                continue
            clue, everywhere = formulas.formula(pairs, known)
            if clue is not None and everywhere:
                yield findings.of_clue(clue, output)
            elif clue is not None:
                self.half.append(({output}, findings.noted(findings.of_clue(clue, output), self.about)))

    def _pairs(self, output: str, instead: str | None = None) -> Pairs | None:
        """The learner's numbers of an output beside the right ones (or beside those of another text)."""
        trial = self.trial
        pairs = [self._pair(number, output, instead) for number in self.numbers]
        whole = [pair for pair in pairs if pair is not None]
        if not whole or len(whole) < len(pairs):
            return None
        others = [self._others(number, output) for number in self.numbers]
        return Pairs(output, whole, trial.tolerance(output), trial.part.dims, others)

    def _pair(self, number: int, output: str, instead: str | None = None) -> Pair | None:
        trial = self.trial
        case, got, expected = trial.cases[number], trial.got[number], trial.expected[number]
        if instead is not None:
            expected = outcome_of(instead, trial.part, case)
        if output not in got.measured or output not in expected.measured:
            return None
        own = got.measured[output]
        right = instead is None and trial.right(
            number, output
        )  # where several values are right, the learner's is
        return Pair(
            case.inputs, trial.sizes(number), own if right else expected.measured[output], own, case.about
        )

    def _others(self, number: int, output: str) -> dict[str, np.ndarray]:
        case = self.trial.cases[number]
        arrays = dict(self.trial.expected[number].measured)
        arrays.pop(output, None)
        if self.trial.part.quantities is not None:
            with np.errstate(all="ignore"):
                arrays |= dict(self.trial.part.quantities(fresh(case.inputs)))
        inputs = {name: value for name, value in case.inputs.items() if isinstance(value, np.ndarray)}
        return {**inputs, **arrays}


def _statements(source: str) -> list[str]:
    return [
        ast.unparse(node).split("\n")[0] for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)
    ]


def _slipped(twin: Twin, mutant: mutants.Mutant, outputs: Sequence[str]) -> Finding:
    return findings.besides(twin, findings.slip(mutant, outputs))


def _first(relations: Sequence[Relation], pairs: Pairs | None, strong: bool) -> Clue | None:
    if pairs is None:
        return None
    for relation in relations:
        try:
            with np.errstate(all="ignore"):
                clue = relation(pairs)
        except (ValueError, IndexError, np.linalg.LinAlgError):  # nothing of that kind holds of such arrays
            continue
        if clue is not None and clue.strong >= strong:
            return clue
    return None
