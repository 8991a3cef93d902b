"""Labels as rows with a single one."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "Y[n, k] = 1 if k = y[n] else 0        Y (N, K)"
BODY = "Y[np.arange(N), y] = 1"


def _labels(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    K = sizes.K + 3  # more classes than samples, as in a small batch of digits
    y = rng.integers(1, K, sizes.N)
    if sizes.N > 2:
        y[:2] = K - 1, 0
    return {"y": y, "K": K}


def _special(rng: np.random.Generator) -> list[Case]:
    return [
        Case({"y": np.array([0, 2, 0, 2, 2]), "K": 3}, about="a class that does not occur"),
        Case({"y": np.array([1, 0, 1, 1]), "K": 4}, about="classes at the end that do not occur"),
        Case({"y": np.array([3, 3]), "K": 5}, about="one class alone"),
    ]


EXERCISE = Exercise(
    name="one_hot",
    title="One-hot labels",
    folder=Path(__file__).parent,
    station="Y",
    parts=(
        Part(
            "one_hot",
            _labels,
            ("Y",),
            special=_special,
            square=False,
            columns=("Y",),
            columns_if_said=True,
            dims={"N": "the number of samples"},
        ),
    ),
    twins=(
        Twin(
            "counted_from_one", BODY, "Y[np.arange(N), y - 1] = 1",
            title="classes are counted from 1",
            says="The 1 stands one column too far to the left, and class 0 has landed in the last column.",
            breaks=LINE,
            asks="In which column does class 0 belong?",
        ),
        Twin(
            "one_too_far", BODY, "Y[np.arange(N), (y + 1) % K] = 1",
            title="the 1 stands one column too far to the right",
            says="The 1 of each row stands one column to the right of its class.",
            breaks=LINE,
            asks="In which column does class 0 belong?",
        ),
        Twin(
            "classes_from_labels", "np.zeros((N, K))", "np.zeros((N, y.max() + 1))",
            title="the number of columns is read from the labels",
            says="Your Y has as many columns as the largest label of this batch needs, not K.",
            breaks=LINE,
            asks="How many columns must a batch have in which the highest class does not occur?",
            seen="https://github.com/jwcalder/GraphLearning/issues/12",
        ),
        Twin(
            "classes_that_occur", "np.zeros((N, K))", "np.zeros((N, len(np.unique(y))))",
            title="the columns are the classes that occur",
            says="Your Y has a column for each class that occurs in this batch, not for each of the K classes.",
            breaks=LINE,
            asks="Does the same class stand in the same column in every batch?",
            seen="https://github.com/allenai/longformer/issues/241",
            also=((BODY, "Y[np.arange(N), np.unique(y, return_inverse=True)[1]] = 1"),),
        ),
        Twin(
            "whole_columns", BODY, "Y[:, y] = 1",
            title="whole columns are filled",
            says="Every row has a 1 for every label of the batch: whole columns are filled, not one place in each row.",
            breaks=LINE,
            asks="Which row does the 1 of sample n belong to, and where does your index say so?",
        ),
        Twin(
            "labels_in_place_of_ones", BODY, "Y[np.arange(N), y] = y",
            title="the label itself stands where the 1 belongs",
            says="At the place of its class your Y holds the number of the class, not 1.",
            breaks=LINE,
            asks="What is written at the place of class 3, and what at the place of class 0?",
        ),
        Twin(
            "inverted", "np.zeros((N, K))", "np.ones((N, K))",
            title="zeros and ones are interchanged",
            says="Your Y is 0 at the class and 1 everywhere else.",
            breaks=LINE,
            asks="What do most of the numbers in a row have to be?",
            also=((BODY, "Y[np.arange(N), y] = 0"),),
        ),
        Twin(
            "transposed", "    return Y", "    return Y.T.copy()",
            title="Y is transposed",
            says="Your Y holds the right numbers, with one sample in each column instead of each row.",
            breaks=LINE,
            asks="What does one row of Y stand for?",
        ),
        Twin(
            "never_filled", BODY, "Y[np.arange(N), y] = 0",
            title="Y stays all zero",
            says="Your Y is zero everywhere: no 1 is written into it.",
            breaks=LINE,
            asks="Which line writes the ones, and into which array?",
        ),
        Twin(
            "first_rows", BODY, "Y[y % N, y] = 1",
            title="the row is chosen by the label",
            says="The row of each 1 is chosen by the label, not by the sample.",
            breaks=LINE,
            asks="What do the two indices of Y count?",
        ),
        Twin(
            "identity", BODY, "Y[np.arange(N), np.arange(N) % K] = 1",
            title="the labels are not used",
            says="Row n has its 1 in column n, whatever its label is.",
            breaks=LINE,
            asks="Where do the labels come in?",
        ),
        Twin(
            "first_sample_only", BODY, "Y[0, y[0]] = 1",
            title="only the first sample has its 1",
            says="The first row is right, and all others are zero.",
            breaks=LINE,
            asks="For which samples does your line run, and when does the function return?",
        ),
    ),
    hints=(
        "How many rows does Y have, how many columns, and what stands in nearly all places?",
        "Start with np.zeros((N, K)). Then each row n needs one 1: in which column?",
        "A loop may set Y[n, y[n]] = 1 for each n. Without a loop, index with two arrays: the rows np.arange(N), the "
        "columns y.",
    ),
    why="Two index arrays of the same length pick one place for each pair (n, y[n]), so each row gets its single 1.",
)  # fmt: skip
