"""Dropout."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin
from glassnet.learn.worker.wire import Rng

TRAINING = "training:    D = A · M / (1 − p)      M[n, h] = 0 with probability p, else 1"
IN_USE = "in use:      D = A"


def _hidden(rng: np.random.Generator, sizes: Sizes, training: bool = True) -> Inputs:
    """Numbers that a hidden layer of sigmoids might give, none of them 0."""
    A = rng.uniform(0.2, 0.9, (sizes.N, sizes.H)).round(2) + 0.003
    return {
        "A": A,
        "p": float(rng.choice([0.2, 0.25, 0.3])),
        "rng": Rng(int(rng.integers(2**32))),
        "training": training,
    }


def _special(rng: np.random.Generator) -> list[Case]:
    small = Sizes(3, 0, 0, 4)
    none = {**_hidden(rng, small), "p": 0.0}
    return [
        Case(_hidden(rng, small, training=False), about="training=False"),
        Case(none, about="p = 0, training=True"),
    ]


def _measured(inputs: Inputs, outputs: dict[str, Any]) -> dict[str, Any]:
    """What does not hang on which numbers were drawn."""
    A, D = inputs["A"], np.asarray(outputs["D"], dtype=float).reshape(inputs["A"].shape)
    gone = D == 0
    if not inputs["training"] or inputs["p"] == 0:
        return {"D": D}
    factors = (D / A)[~gone]
    return {
        "share of zeros": gone.mean(),
        "factor of the kept numbers": np.array([factors.min(), factors.max()])
        if factors.size
        else np.zeros(2),
        "unevenness of the rows": gone.mean(axis=1).std(),
        "unevenness of the columns": gone.mean(axis=0).std(),
    }


SIZES = (Sizes(240, 0, 0, 180), Sizes(180, 0, 0, 300), Sizes(400, 0, 0, 160))
TOLERANCE = {
    "D": 1e-5,
    "share of zeros": 0.08,
    "factor of the kept numbers": 1e-5,
    "unevenness of the rows": 0.6,
    "unevenness of the columns": 0.6,
}

EXERCISE = Exercise(
    name="dropout",
    title="Dropout",
    folder=Path(__file__).parent,
    parts=(
        Part("dropout", _hidden, ("D",), sizes=SIZES, special=_special, square=False, measure=_measured,
             tolerance=TOLERANCE, dims={"N": "the number of samples", "H": "the number of hidden units"}),
    ),
    twins=(
        Twin(
            "not_scaled", "A * kept / (1 - p)", "A * kept",
            title="what remains is not divided by 1 − p",
            says="Your units are left out and the others stay as they are: on average, the next layer gets too little.",
            breaks=TRAINING,
            asks="If a third of the units is left out, what happens to the sum that the next layer gets?",
        ),
        Twin(
            "divided_by_p", "A * kept / (1 - p)", "A * kept / p if p else A",
            title="what remains is divided by p",
            says="Your remaining units are divided by p, the probability of being left out.",
            breaks=TRAINING,
            asks="With p = 0.1, should the others grow a little or tenfold?",
            seen="https://github.com/lmjohns3/theanets/pull/123",
        ),
        Twin(
            "multiplied", "A * kept / (1 - p)", "A * kept * (1 - p)",
            title="what remains is multiplied by 1 − p in training",
            says="Your remaining units are made smaller, by 1 − p, where they should be made larger.",
            breaks=TRAINING,
            asks="If some units are left out, should the others grow or shrink to keep the sum?",
        ),
        Twin(
            "kept_with_p", "chance >= p", "chance < p",
            title="units are kept with probability p",
            says="Your p is the probability of staying: too many units are left out.",
            breaks=TRAINING,
            asks="With p = 0, how many units should be left out?",
        ),
        Twin(
            "p_is_kept", "chance >= p", "chance < p",
            title="p is taken as the probability of staying",
            says="Your units stay with probability p and are divided by p: right for a keep_prob, but p is for being left out.",
            breaks=TRAINING,
            asks="With p = 0, how many units should be left out?",
            also=(("A * kept / (1 - p)", "A * kept / max(p, 1e-12)"),),
        ),
        Twin(
            "also_in_use", "if not training:", "if False:",
            title="units are left out in use, too",
            says="Your network leaves units out when training is False: its answer would be another one each time.",
            breaks=IN_USE,
            asks="Should the same picture be read differently a second time?",
        ),
        Twin(
            "never", "if not training:", "if True:",
            title="nothing is left out in training",
            says="Your D is A also when training is True.",
            breaks=TRAINING,
            asks="When are units left out?",
        ),
        Twin(
            "turned_round", "if not training:", "if training:",
            title="training and use are interchanged",
            says="Your units are left out in use, and none in training.",
            breaks=f"{TRAINING}\n  {IN_USE}",
            asks="What does not training mean?",
        ),
        Twin(
            "scaled_in_use", "        return A\n", "        return A * (1 - p)\n",
            title="A is multiplied by 1 − p in use",
            says="Your D in use is (1 − p) A; that belongs to dropout without the division, and here both are done.",
            breaks=IN_USE,
            asks="If training keeps the mean, what has to be made up for in use?",
            seen="https://github.com/clab/dynet/issues/186",
        ),
        Twin(
            "classic", "        return A\n", "        return A * (1 - p)\n",
            title="the scaling stands in use, not in training",
            says="Your training does not divide by 1 − p, and your use multiplies by it: the older form. The formula here does it in training.",
            breaks=f"{TRAINING}\n  {IN_USE}",
            asks="In which of the two cases does the formula have 1 − p?",
            seen="https://github.com/keras-team/keras/issues/3305",
            also=(("A * kept / (1 - p)", "A * kept"),),
        ),
        Twin(
            "same_for_all_samples", "rng.random(A.shape)", "rng.random(A.shape[1])",
            title="all samples lose the same units",
            says="Your mask is drawn once for the batch: whole columns are 0.",
            breaks=TRAINING,
            asks="For what does the formula draw M[n, h]: each unit, or each unit of each sample?",
        ),
        Twin(
            "whole_samples", "rng.random(A.shape)", "rng.random((len(A), 1))",
            title="whole samples are left out",
            says="Your mask has one number for each sample: whole rows are 0.",
            breaks=TRAINING,
            asks="What is left out: samples or units?",
        ),
        Twin(
            "half", "chance >= p", "chance >= 0.5",
            title="half of the units is left out, whatever p is",
            says="Your share of zeros is a half and does not depend on p.",
            breaks=TRAINING,
            asks="Where does p stand in your condition?",
        ),
        Twin(
            "normal_numbers", "rng.random(A.shape)", "rng.standard_normal(A.shape)",
            title="the random numbers are normally distributed",
            says="Your random numbers are negative half of the time: more units than p are left out.",
            breaks=TRAINING,
            asks="Which distribution is below p with probability p?",
        ),
        Twin(
            "mask_returned", "D = A * kept / (1 - p)", "D = kept / (1 - p)",
            title="the mask is returned without A",
            says="Your D in training is the mask divided by 1 − p; A does not take part.",
            breaks=TRAINING,
            asks="What is multiplied by the mask?",
        ),
    ),
    hints=(
        "First the easy case: not training. Then draw one number from 0 to 1 for each number of A.",
        "A number drawn from 0 to 1 is below p with probability p. Where it is, the unit is left out; the others are divided by 1 − p.",
        "mask = rng.random(A.shape) >= p, and A * mask / (1 − p); A itself where training is False.",
    ),
    why="A unit stays with probability 1 − p and is then 1 / (1 − p) times as large: on average it is what it was.",
)  # fmt: skip
