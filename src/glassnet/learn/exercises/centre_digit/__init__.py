"""Centring a photographed digit."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

MASS = "row = sum of i · P[i, j] / mass              column = sum of j · P[i, j] / mass"
SHIFT = "shift the picture by 14 − row down and 14 − column to the right, rounded to whole pixels"
LOST = "What is pushed out of the picture is lost, and what comes in is paper."


def _digit(
    rng: np.random.Generator, top: int, left: int, height: int, width: int, speck: float = 0.0
) -> Inputs:
    """Ink of uneven strength in a corner, so that its mass lies elsewhere than its box's middle."""
    for _ in range(500):
        ink = rng.uniform(0.2, 1, (height, width)).round(2)
        ink[: height // 2] *= 0.3
        ink[:, width // 2 :] *= 0.4
        P = np.zeros((28, 28))
        P[top : top + height, left : left + width] = ink.round(3)
        P[27, 26] += speck
        row, column = ((indices * P).sum() / P.sum() for indices in np.indices(P.shape))
        if all(0.1 < (middle % 1) < 0.4 or 0.6 < (middle % 1) < 0.9 for middle in (row, column)):
            break
    return {"P": P}


def _ordinary(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    return _digit(rng, sizes.N, sizes.D, sizes.K, sizes.H)


def _special(rng: np.random.Generator) -> list[Case]:
    return [
        Case({"P": np.zeros((28, 28))}, about="no ink at all"),
        Case(_digit(rng, 1, 2, 6, 5, speck=0.04), about="a speck at the edge that is pushed out"),
        Case({"P": 255 * _digit(rng, 2, 13, 12, 9)["P"]}, about="ink up to 255"),
    ]


SIZES = (
    Sizes(2, 15, 8, 6),
    Sizes(15, 3, 9, 7),
    Sizes(1, 2, 13, 8),
    Sizes(14, 16, 10, 9),
    Sizes(3, 4, 18, 11),
)

EXERCISE = Exercise(
    name="centre_digit",
    title="Centring a photographed digit",
    folder=Path(__file__).parent,
    parts=(Part("centre_digit", _ordinary, ("Q",), sizes=SIZES, special=_special, square=False, dims={}),),
    twins=(
        Twin(
            "swapped", "14 - row", "14 - column",
            title="rows and columns are interchanged",
            says="Your picture is moved down by what belongs to the right, and to the right by what belongs down.",
            breaks=SHIFT,
            asks="Which of the two indices counts rows?",
            also=(("right = round(float(14 - column))", "right = round(float(14 - row))"),),
        ),
        Twin(
            "wrong_way", "14 - row", "row - 14",
            title="the picture is moved the wrong way",
            says="Your picture is moved away from the middle, by as much as it should be moved towards it.",
            breaks=SHIFT,
            asks="If the ink is too high up, which way should it go?",
            also=(("14 - column", "column - 14"),),
        ),
        Twin(
            "box", "np.sum(i * P) / mass", "(np.nonzero(P)[0].min() + np.nonzero(P)[0].max()) / 2",
            title="the box of the ink is centred, not its mass",
            says="Your middle is that of the box around the ink; where there is more ink does not matter.",
            breaks=MASS,
            asks="Where is the middle of a 7, whose ink is mostly at the top?",
            also=(("np.sum(j * P) / mass", "(np.nonzero(P)[1].min() + np.nonzero(P)[1].max()) / 2"),),
        ),
        Twin(
            "any_ink", "np.sum(i * P) / mass", "np.mean(np.nonzero(P)[0])",
            title="all pixels with ink weigh the same",
            says="Your mean counts each pixel with ink once, however strong the ink is.",
            breaks=MASS,
            asks="By what is each i multiplied in the formula?",
            also=(("np.sum(j * P) / mass", "np.mean(np.nonzero(P)[1])"),),
        ),
        Twin(
            "around_the_edge", "if 0 <= y + down < 28 and 0 <= x + right < 28:", "if True:",
            title="what is pushed out comes in at the other side",
            says="Your picture is rolled: ink that leaves at one edge appears at the opposite one (np.roll does that).",
            breaks=LOST,
            asks="Where is a pixel that is pushed over the edge?",
            also=(("Q[y + down, x + right]", "Q[(y + down) % 28, (x + right) % 28]"),),
        ),
        Twin(
            "cut", "round(float(14 - row))", "int(14 - row)",
            title="the shift is cut, not rounded",
            says="Your shift loses what stands behind the point: up to a pixel too short.",
            breaks=SHIFT,
            asks="What is the nearest whole number to 3.8?",
            also=(("round(float(14 - column))", "int(14 - column)"),),
        ),
        Twin(
            "middle_minus_half", "14 - row", "13.5 - row",
            title="the middle is taken as 13.5",
            says="Your digit is put at 13.5, half-way between the middle pixels; MNIST's centre is at 14.",
            breaks=SHIFT,
            asks="Which row and column does the text name?",
            also=(("14 - column", "13.5 - column"),),
        ),
        Twin(
            "down_only", "x + right < 28", "x < 28",
            title="only the rows are centred",
            says="Your picture is moved up or down, not sideways.",
            breaks=SHIFT,
            asks="In how many directions may a digit be off the middle?",
            also=(("Q[y + down, x + right]", "Q[y + down, x]"),),
        ),
        Twin(
            "right_only", "0 <= y + down < 28", "0 <= y < 28",
            title="only the columns are centred",
            says="Your picture is moved sideways, not up or down.",
            breaks=SHIFT,
            asks="In how many directions may a digit be off the middle?",
            also=(("Q[y + down, x + right]", "Q[y, x + right]"),),
        ),
        Twin(
            "transposed", "    return Q", "    return Q.T",
            title="the picture is mirrored at its diagonal",
            says="Your picture is centred, with rows and columns interchanged.",
            breaks=SHIFT,
            asks="Does Q[y, x] say row first?",
        ),
    ),
    hints=(
        "Two steps: where is the centre of mass, and by how many whole pixels does it have to move?",
        "np.indices(P.shape) gives the row and the column of each pixel. The centre is their mean, weighted by the ink. A shift is "
        "not a roll: what leaves at one edge must not come in at the other.",
        "row = (i * P).sum() / P.sum(), down = round(14 − row); the same for columns; then copy each pixel that stays inside.",
    ),
    why="MNIST's digits were all centred like this, so the network has only ever seen ink whose mass is in the middle.",
)  # fmt: skip
