"""The confusion matrix."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "C[i, j] = how many n have y[n] = i and answer[n] = j"


def _answers(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """A network that is right on two of three samples and likes the next class too much."""
    N, _, K, _ = sizes
    y = rng.integers(0, K, N)
    answer = np.where(rng.random(N) < 0.65, y, (y + rng.integers(1, 3, N)) % K)
    if N >= 5:  # the same mistake twice, another once, and the last class
        y[:5], answer[:5] = (0, 0, 1, K - 1, 0), (1, 1, 1, 0, 0)
    return {"y": y, "answer": answer, "K": K}


def _special(rng: np.random.Generator) -> list[Case]:
    missing = {"y": np.array([0, 2, 2, 0, 2, 1]), "answer": np.array([0, 2, 0, 2, 0, 3]), "K": 5}
    return [
        Case(missing, about="classes that do not occur"),
        Case(_answers(rng, Sizes(300, 0, 10, 0)), about="three hundred samples and ten classes"),
    ]


SIZES = (Sizes(5, 0, 3, 0), Sizes(6, 0, 2, 0), Sizes(1, 0, 3, 0), Sizes(9, 0, 4, 0), Sizes(20, 0, 5, 0))

EXERCISE = Exercise(
    name="confusion_matrix",
    title="The confusion matrix",
    folder=Path(__file__).parent,
    parts=(
        Part("confusion_matrix", _answers, ("C",), sizes=SIZES, special=_special, square=False,
             dims={"N": "the number of samples", "K": "the number of classes"}),
    ),
    twins=(
        Twin(
            "transposed", "C[row, column]", "C[column, row]",
            title="rows and columns are interchanged",
            says="Your rows are the answers and your columns the labels: a 4 that is taken for a 9 stands where a 9 taken for a 4 should.",
            breaks=LINE,
            asks="Which index comes first: what it is, or what it was taken for?",
            seen="https://github.com/accord-net/framework/issues/669",
        ),
        Twin(
            "not_counted", "C[row, column] += 1", "C[row, column] = 1",
            title="each cell is 1 at most",
            says="Your cells say whether a confusion happened, not how often: equal pairs count once, as with C[y, answer] += 1.",
            breaks=LINE,
            asks="What should stand in a cell that two samples fall into?",
        ),
        Twin(
            "shares_of_rows", "    return C", "    return C / np.maximum(np.sum(C, axis=1, keepdims=True), 1)",
            title="each row is divided by its sum",
            says="Your rows add up to 1: these are shares of each label, not counts.",
            breaks=LINE,
            asks="What do all numbers of C add up to?",
        ),
        Twin(
            "shares_of_columns", "    return C", "    return C / np.maximum(np.sum(C, axis=0, keepdims=True), 1)",
            title="each column is divided by its sum",
            says="Your columns add up to 1: these are shares of each answer, not counts.",
            breaks=LINE,
            asks="What do all numbers of C add up to?",
        ),
        Twin(
            "shares_of_all", "    return C", "    return C / len(y)",
            title="all counts are divided by N",
            says="Your numbers add up to 1 altogether: they are shares, not counts.",
            breaks=LINE,
            asks="What do all numbers of C add up to?",
        ),
        Twin(
            "right_only", "column = answer[n]", "column = y[n]",
            title="every sample counts on the diagonal",
            says="Your samples all count as right: the answers have no effect.",
            breaks=LINE,
            asks="In which column does a 4 belong that was taken for a 9?",
        ),
        Twin(
            "answers_only", "row = y[n]", "row = answer[n]",
            title="the answers count on the diagonal, the labels do not matter",
            says="Your samples all count on the diagonal, at their answer: the labels have no effect.",
            breaks=LINE,
            asks="In which row does a 4 belong that was taken for a 9?",
        ),
        Twin(
            "hits_only", "C[row, column] += 1", "C[row, column] += row == column",
            title="only right answers are counted",
            says="Your table is 0 off the diagonal: wrong answers are left out, and they are what the table is for.",
            breaks=LINE,
            asks="Which cells tell what is taken for what?",
        ),
        Twin(
            "errors_only", "C[row, column] += 1", "C[row, column] += row != column",
            title="right answers are not counted",
            says="Your diagonal is 0: right answers are left out.",
            breaks=LINE,
            asks="What do all numbers of C add up to?",
        ),
        Twin(
            "counted_from_one", "row = y[n]", "row = y[n] - 1",
            title="classes are counted from 1",
            says="Your rows and columns are one too small: class 0 counts in the last ones.",
            breaks=LINE,
            asks="Which class has the first row?",
            also=(("column = answer[n]", "column = answer[n] - 1"),),
        ),
        Twin(
            "occurring_size", "np.zeros((K, K))", "np.zeros((max(*y, *answer, 0) + 1,) * 2)",
            title="the size comes from the labels that occur",
            says="Your table is as large as the largest class that occurs; a class that does not occur at the end has no row.",
            breaks=f"{LINE}        C (K, K)",
            asks="What are the row and column of a class that no sample has?",
        ),
        Twin(
            "last_missing", "range(len(y))", "range(len(y) - 1)",
            title="the last sample is not counted",
            says="Your numbers add up to N − 1: the last sample is left out.",
            breaks=LINE,
            asks="Which is the last n in your loop?",
        ),
        Twin(
            "whole_columns", "C[row, column] += 1", "C[:, column] += 1",
            title="each sample counts in a whole column",
            says="Your rows are all alike: each sample counts in every row of its answer's column (as in [[0] * K] * K, one list K times).",
            breaks=LINE,
            asks="In how many cells does one sample count?",
        ),
        Twin(
            "both_ways", "C[row, column] += 1", "C[row, column] += 1; C[column, row] += row != column",
            title="each confusion is counted both ways",
            says="Your table is symmetric: a 4 taken for a 9 counts as a 9 taken for a 4 as well.",
            breaks=LINE,
            asks="Are these two mistakes the same?",
        ),
    ),
    hints=(
        "Begin with a K × K table of zeros. Where does one sample count?",
        "Each sample adds 1 in the row of its label and the column of its answer. Take care that equal pairs add up.",
        "For each n: C[y[n], answer[n]] += 1. In one line: np.add.at(C, (y, answer), 1).",
    ),
    why="C[y, answer] += 1 without a loop counts equal pairs once: NumPy reads all cells before it writes any.",
)  # fmt: skip
