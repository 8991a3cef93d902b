"""How the doctor says figures that many findings name."""

from glassnet.doctor.case import Case
from glassnet.doctor.finding import percent
from glassnet.doctor.marks import Marks
from glassnet.recipe.choices import optimizer_settings

__all__ = ["higher_rate", "highest_rate", "how_much", "how_well", "lower_rate", "within_reach"]

LOPSIDED = 0.6
"""Share of the commonest class from which on an accuracy alone misleads."""
NO_BETTER = 0.02
"""Accuracy above that share, up to which it is no better."""
UNUSUAL = 3.0
"""A learning rate as a multiple of the optimiser's usual one, or the other way round."""


def how_well(marks: Marks) -> str:
    """How well something answers, as a sentence; where classes are uneven, beside the commonest one.

    >>> how_well(Marks(0.9, 0.1, 0.01, 0.91, 0.1)), how_well(Marks(0.5, 0.1))
    ('91 % are right', '50 % of the spread is explained')
    >>> how_well(Marks(0.0, 0.1, 0.01, 0.95, 0.95))
    '95 % are right, as of one who always names the commonest class'
    """
    if marks.accuracy is None:
        return f"{percent(max(marks.skill, 0))} of the spread is explained"
    said = f"{percent(marks.accuracy)} are right"
    commonest = marks.commonest or 0.0
    if commonest >= LOPSIDED and marks.accuracy <= commonest + NO_BETTER:
        said += ", as of one who always names the commonest class"
    return said


def how_much(marks: Marks) -> str:
    """The same as a thing that one can get.

    >>> how_much(Marks(0.9, 0.1, 0.01, 0.91, 0.1)), how_much(Marks(0.5, 0.1))
    ('91 % of the samples right', '50 % of the spread explained')
    """
    if marks.accuracy is None:
        return f"{percent(max(marks.skill, 0))} of the spread explained"
    return f"{percent(marks.accuracy)} of the samples right"


def within_reach(case: Case) -> str:
    """What the network gets of its training samples, and what a quick look at them does."""
    learned, quick = how_much(case.learned), how_much(case.reference.marks)
    return f"In training the network gets {learned}; for comparison, {case.reference.words} gets {quick}."


def highest_rate(case: Case) -> float:
    """The recipe's learning rate, else the highest one of the history; 0 where neither is known."""
    if case.recipe is not None and case.recipe.optimizer.learning_rate:
        return float(case.recipe.optimizer.learning_rate)
    rates = [] if case.history is None else case.history.learning_rate.tolist()
    return float(max(rates, default=0.0))


def lower_rate(case: Case) -> str:
    """A rate to try instead of one that is too high."""
    return _other_rate(case, 0.2, "three to ten times smaller")


def higher_rate(case: Case) -> str:
    """A rate to try instead of one that is too low."""
    return _other_rate(case, 5.0, "three to ten times higher")


def _other_rate(case: Case, factor: float, words: str) -> str:
    rate = highest_rate(case)
    if not rate:
        return f"a rate {words}"
    usual = usual_rate(case)
    if usual and (factor * rate > UNUSUAL * usual if factor < 1 else factor * rate < usual / UNUSUAL):
        return f"a rate {words} than {rate:.3g}, or the usual one (--set optimizer.learning_rate={usual:g})"
    return f"a rate {words} than {rate:.3g} (--set optimizer.learning_rate={factor * rate:.2g})"


def usual_rate(case: Case) -> float:
    """Of the recipe's optimiser; 0 where it is not known."""
    if case.recipe is None:
        return 0.0
    return float(optimizer_settings()[case.recipe.optimizer.name]["learning_rate"].default)
