"""Each exercise: its twins are told apart and named, its right variants are never refused."""

import ast
import itertools
import random

import numpy as np
import pytest

from glassnet.learn import ORDER, Status, load_exercise, mark_source
from glassnet.learn.judging.compare import close
from glassnet.learn.judging.outcome import outcome_of
from glassnet.learn.source import changed

from .cells import HERE, cells

MOST_PAIRS = 8  # of each exercise: all of them take many minutes
TWINS = [(name, twin.name) for name in ORDER for twin in load_exercise(name).twins]
RIGHT = [(name, words) for name in ORDER for words, _ in cells("right", name)]
WRONG = [(name, words) for name in ORDER for words, _ in cells("wrong", name)]


def twin_of(name, key):
    exercise = load_exercise(name)
    (twin,) = [twin for twin in exercise.twins if twin.name == key]
    return exercise, twin, changed(exercise.reference, twin.changes)


def marked(exercise, source, **options):
    return mark_source(exercise, source, "mine.py", **options)


def test_every_folder_is_in_the_order_and_has_right_variants():
    folders = {path.parent.name for path in load_exercise(ORDER[0]).folder.parent.glob("*/solution.py")}
    assert folders == set(ORDER)
    assert {path.stem for path in (HERE / "right").glob("*.py")} == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_what_is_handed_out_is_unstarted_and_the_solution_right(name):
    exercise = load_exercise(name)
    assert exercise.name == name
    assert marked(exercise, exercise.task).status is Status.UNSTARTED
    for seed in range(5):
        assert marked(exercise, exercise.solution, seed=seed).status is Status.RIGHT
    tree = ast.parse(exercise.task)
    assert ast.get_docstring(tree)
    assert all(
        ast.get_docstring(node) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )


@pytest.mark.parametrize("name", ORDER)
def test_the_catalogue_is_complete(name):
    exercise = load_exercise(name)
    twins = exercise.twins
    assert len(twins) >= 6 and len(cells("right", name)) >= 4
    assert len({twin.name for twin in twins}) == len({twin.title for twin in twins}) == len(twins)
    assert len(exercise.hints) == 3 and all(exercise.hints) and exercise.why
    for twin in twins:
        assert changed(exercise.reference, twin.changes), f"{twin.name}: what it replaces is not there once"
        assert len(twin.title.split()) <= 12 and not twin.title.endswith(".")
        assert twin.says.endswith(".") and twin.breaks and twin.asks.endswith("?")
        assert not twin.seen or twin.seen.startswith("https://")


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("seed", [0])
def test_twins_are_told_from_the_reference_and_from_one_another(name, seed):
    exercise = load_exercise(name)
    rng = np.random.default_rng(seed)
    texts = {"the reference": exercise.reference}
    texts |= {twin.name: changed(exercise.reference, twin.changes) for twin in exercise.twins}
    told_apart = set()
    for part in exercise.parts:
        for case in part.cases(rng):
            outcomes = {key: outcome_of(text, part, case) for key, text in texts.items()}
            for pair in itertools.combinations(texts, 2):
                if pair not in told_apart and differ(part, *(outcomes[key] for key in pair)):
                    told_apart.add(pair)
    assert sorted(set(itertools.combinations(texts, 2)) - told_apart) == []


def differ(part, one, other):
    if one.stopped or other.stopped:
        return one.stopped != other.stopped
    given = (
        part.tolerance if isinstance(part.tolerance, dict) else dict.fromkeys(one.measured, part.tolerance)
    )
    return any(
        not close(one.measured[key], other.measured[key], 3 * given.get(key, 1e-5)) for key in one.measured
    )


@pytest.mark.parametrize(("name", "key"), TWINS)
def test_each_twin_is_named(name, key, worker):
    exercise, twin, text = twin_of(name, key)
    verdict = marked(exercise, text, run=worker.run, seed=2)
    assert (verdict.status, verdict.names) == (Status.NAMED, (key,)), verdict.text()
    assert twin.title in verdict.text() and twin.breaks in verdict.text() and twin.asks in verdict.text()
    assert verdict.example is not None or verdict.traceback


@pytest.mark.parametrize(("name", "words"), RIGHT)
def test_nothing_right_is_refused(name, words, worker):
    exercise, text = load_exercise(name), dict(cells("right", name))[words]
    for _ in range(3):
        verdict = marked(exercise, text, run=worker.run)
        assert verdict.status is Status.RIGHT, verdict.text()


@pytest.mark.parametrize(("name", "words"), WRONG)
def test_of_mistakes_outside_the_catalogue_what_is_certain_is_said(name, words):
    exercise, text = load_exercise(name), dict(cells("wrong", name))[words]
    status, title = words.split(" -> ")[1].split(": ", 1)
    verdict = marked(exercise, text, seed=0)
    assert verdict.status == status and title in verdict.title, verdict.text()


@pytest.mark.parametrize("name", ORDER)
def test_of_two_mistakes_at_once_one_is_named_and_nothing_false_is_said(name):
    exercise = load_exercise(name)
    named, false, total = 0, [], 0
    pairs = list(itertools.combinations(exercise.twins, 2))
    for one, two in random.Random(name).sample(pairs, min(MOST_PAIRS, len(pairs))):
        text = changed(exercise.reference, (*one.changes, *two.changes))
        if text is None:
            continue
        verdict = marked(exercise, text, seed=3)
        if verdict.right:
            continue  # they cancel
        total += 1
        known = {twin.name for twin in exercise.twins} & set(verdict.names)
        named += bool(known & {one.name, two.name})
        if known - {one.name, two.name} - told_truly(exercise, text, known):
            false.append((one.name, two.name, verdict.names))
    assert false == []
    assert named >= 0.7 * total or total < 8


def told_truly(exercise, text, names):
    """Which of the twins ``names``, alone or in twos, make the numbers of some wrong output of ``text``."""
    twins = [twin for twin in exercise.twins if twin.name in names]
    groups = [(twin,) for twin in twins] + list(itertools.combinations(twins, 2))
    cases = [(part, case) for part in exercise.parts for case in part.cases(np.random.default_rng(8))]
    wholes = [outcome_of(text, part, case) for part, case in cases]
    right = [outcome_of(exercise.reference, part, case) for part, case in cases]
    true = set()
    for group in groups:
        source = changed(exercise.reference, [change for twin in group for change in twin.changes])
        if source is None:
            continue
        made = [outcome_of(source, part, case) for part, case in cases]
        for output in {key for outcome in right for key in outcome.measured}:
            same = all(alike(one, other, output) for one, other in zip(wholes, made, strict=True))
            if same and not all(alike(one, other, output) for one, other in zip(made, right, strict=True)):
                true |= {twin.name for twin in group}
    return true


def alike(one, other, output):
    if output not in one.measured or output not in other.measured:
        return one.stopped == other.stopped
    return close(one.measured[output], other.measured[output])
