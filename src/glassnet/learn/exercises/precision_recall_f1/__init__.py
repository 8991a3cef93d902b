"""Precision, recall and F1."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

PRECISION = "precision[k] = C[k, k] / sum over i of C[i, k]"
RECALL = "recall[k] = C[k, k] / sum over j of C[k, j]"
F1 = "f1[k] = 2 · precision[k] · recall[k] / (precision[k] + recall[k])"
NOTHING = "Where there is nothing to divide by, the result is 0."


def _table(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Counts of a network that is right on most samples and has a liking for some classes."""
    K = sizes.K
    liking = rng.uniform(0.5, 3.5, K)
    C = np.rint(rng.uniform(0.6, 2.4, (K, K)) * liking) + 1
    C[np.arange(K), np.arange(K)] += rng.integers(6, 15, K)
    C[0, 1] += 3  # never symmetric
    return {"C": C.astype(int)}


def _special(rng: np.random.Generator) -> list[Case]:
    never_answered, no_sample, all_wrong = (_table(rng, Sizes(0, 0, 4, 0))["C"] for _ in range(3))
    never_answered[:, 2] = 0
    no_sample[1] = 0
    all_wrong[0, 0] = 0
    nothing = no_sample.copy()
    nothing[:, 1] = 0
    return [
        Case({"C": never_answered}, about="a class that was never answered"),
        Case({"C": no_sample}, about="a class without a sample"),
        Case({"C": all_wrong}, about="a class that was never read rightly"),
        Case({"C": nothing}, about="a class that occurs neither as label nor as answer"),
    ]


SIZES = (Sizes(0, 0, 3, 0), Sizes(0, 0, 2, 0), Sizes(0, 0, 4, 0), Sizes(0, 0, 5, 0), Sizes(0, 0, 10, 0))
PLAIN = (
    ("np.where(answered == 0, 1, answered)", "answered"),
    ("np.where(labelled == 0, 1, labelled)", "labelled"),
    ("np.where(both == 0, 1, both)", "both"),
)

EXERCISE = Exercise(
    name="precision_recall_f1",
    title="Precision, recall and F1",
    folder=Path(__file__).parent,
    parts=(
        Part("precision_recall_f1", _table, ("precision", "recall", "f1"), sizes=SIZES, special=_special, square=False,
             dims={"K": "the number of classes"}),
    ),
    twins=(
        Twin(
            "swapped", "np.sum(C, axis=0)", "np.sum(C, axis=1)",
            title="precision and recall are interchanged",
            says="Your precision is the recall and your recall the precision: the sums run along each other's axis.",
            breaks=f"{PRECISION}\n  {RECALL}",
            asks="Which direction of the table are 'those that were taken for k': a row or a column?",
            seen="https://github.com/accord-net/framework/issues/1187",
            also=(("labelled = np.sum(C, axis=1)", "labelled = np.sum(C, axis=0)"),),
        ),
        Twin(
            "division", PLAIN[0][0], PLAIN[0][1],
            title="a division by 0 gives nan",
            says="Your shares are right where classes occur; where there is nothing to divide by, nan comes out instead of 0.",
            breaks=NOTHING,
            asks="What is precision of a class that was never answered?",
            seen="https://github.com/svpino/tf_object_detection_cm/issues/22",
            also=PLAIN[1:],
        ),
        Twin(
            "precision_unguarded", PLAIN[0][0], PLAIN[0][1],
            title="precision is nan for a class never answered",
            says="Your precision divides by 0 where nothing was taken for a class, and f1 is nan with it.",
            breaks=NOTHING,
            asks="What is the sum of a column of zeros?",
            seen="https://github.com/svpino/tf_object_detection_cm/issues/42",
        ),
        Twin(
            "recall_unguarded", PLAIN[1][0], PLAIN[1][1],
            title="recall is nan for a class without a sample",
            says="Your recall divides by 0 where no sample is of a class, and f1 is nan with it.",
            breaks=NOTHING,
            asks="What is the sum of a row of zeros?",
        ),
        Twin(
            "f1_unguarded", PLAIN[2][0], PLAIN[2][1],
            title="f1 is nan where both shares are 0",
            says="Your precision and recall are right; where both are 0, your f1 divides 0 by 0.",
            breaks=NOTHING,
            asks="What is f1 of a class that was never read rightly?",
        ),
        Twin(
            "nothing_is_one", "precision = hits /", "precision = (answered == 0) + hits /",
            title="nothing to divide by gives 1",
            says="Your precision or recall is 1 where there is nothing to divide by; it should be 0 there.",
            breaks=NOTHING,
            asks="Which share should a class get that was never answered, the best one or none?",
            also=(("recall = hits /", "recall = (labelled == 0) + hits /"),),
        ),
        Twin(
            "same_sums", "np.sum(C, axis=0)", "np.sum(C, axis=1)",
            title="precision is the same as recall",
            says="Your precision is divided by the rows' sums, as recall is.",
            breaks=PRECISION,
            asks="What do the numbers of a row have in common: the label or the answer?",
        ),
        Twin(
            "same_columns", "np.sum(C, axis=1)", "np.sum(C, axis=0)",
            title="recall is the same as precision",
            says="Your recall is divided by the columns' sums, as precision is.",
            breaks=RECALL,
            asks="What do the numbers of a column have in common: the label or the answer?",
        ),
        Twin(
            "f1_without_two", "2 * precision * recall", "precision * recall",
            title="the 2 is missing in f1",
            says="Your f1 is half of what it should be: with precision and recall 1 it should be 1.",
            breaks=F1,
            asks="What is f1 of a perfect class?",
        ),
        Twin(
            "f1_mean", "2 * precision * recall / np.where(both == 0, 1, both)", "both / 2",
            title="f1 is the plain mean",
            says="Your f1 is (precision + recall) / 2; f1 is the harmonic mean, nearer to the smaller one.",
            breaks=F1,
            asks="What should f1 say of a class with precision 1 and recall 0.01?",
        ),
        Twin(
            "f1_geometric", "2 * precision * recall / np.where(both == 0, 1, both)", "np.sqrt(precision * recall)",
            title="f1 is the geometric mean",
            says="Your f1 is the root of precision · recall; f1 is the harmonic mean.",
            breaks=F1,
            asks="By what is the product divided in the formula?",
        ),
        Twin(
            "of_all", "recall = hits / np.where(labelled == 0, 1, labelled)", "recall = hits / np.sum(C)",
            title="recall is a share of all samples",
            says="Your recall is divided by all N samples instead of those of its class.",
            breaks=RECALL,
            asks="Of which samples is recall a share?",
        ),
        Twin(
            "precision_of_all", "precision = hits / np.where(answered == 0, 1, answered)", "precision = hits / np.sum(C)",
            title="precision is a share of all samples",
            says="Your precision is divided by all N samples instead of those that were taken for its class.",
            breaks=PRECISION,
            asks="Of which samples is precision a share?",
        ),
        Twin(
            "precision_without_hits", "answered = np.sum(C, axis=0)", "answered = np.sum(C, axis=0) - hits",
            title="precision is divided by the wrong answers only",
            says="Your precision divides the hits by the other samples of the column: it can be above 1.",
            breaks=PRECISION,
            asks="Do the hits belong to those that were taken for k?",
        ),
        Twin(
            "recall_without_hits", "labelled = np.sum(C, axis=1)", "labelled = np.sum(C, axis=1) - hits",
            title="recall is divided by the missed samples only",
            says="Your recall divides the hits by the other samples of the row: it can be above 1.",
            breaks=RECALL,
            asks="Do the hits belong to those that are k?",
        ),
        Twin(
            "epsilon_one", "np.where(answered == 0, 1, answered)", "(answered + 1)",
            title="1 is added to each divisor",
            says="Your divisors are all 1 too large: that avoids 0, and makes every share too small.",
            breaks=f"{PRECISION}\n  {RECALL}",
            asks="Which classes need another divisor: all, or those with nothing to divide by?",
            also=(("np.where(labelled == 0, 1, labelled)", "(labelled + 1)"),),
        ),
    ),
    hints=(
        "For each class three counts: the hits (on the diagonal), the sum of its column, the sum of its row.",
        "Precision divides the hits by the column's sum, recall by the row's sum. Where a sum is 0, divide by 1 instead: 0 / 1 is 0.",
        "C.sum(axis=0) are the columns' sums, C.sum(axis=1) the rows'. np.where(sums == 0, 1, sums) is a divisor that is never 0.",
    ),
    why="A class may have high precision by being answered rarely, or high recall by being answered always; f1 is high only if both are.",
)  # fmt: skip
