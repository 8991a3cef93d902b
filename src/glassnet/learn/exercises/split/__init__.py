"""A stratified split, measured by what every right one has in common."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin
from glassnet.learn.exercises.split.measuring import ORDER_OF_RESULTS, measured
from glassnet.learn.worker.wire import Rng

ONE_PART = "each sample is in exactly one of the two parts, and keeps its own label"
STRATIFIED = "each class gives the same fraction to the validation part"
BY_CHANCE = "chance decides which samples these are, not their order in the file"
NEW_ORDER = "both parts come in a new random order, classes mixed"
RESULT = "return X[train], y[train], X[val], y[val]"


def _samples(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """Some hundred samples in no order; the first column of X is different for each."""
    counts = 20 * (4 + np.arange(sizes.K) * rng.choice([2, 3])) + 20 * rng.integers(0, 2, sizes.K)
    y = rng.permutation(np.repeat(np.arange(sizes.K), counts))
    X = rng.uniform(0, 1, (len(y), sizes.D)).round(2)
    X[:, 0] = rng.permutation(len(y)) / 1024
    X[:, 1:] += 2.0
    fraction = float(rng.choice([0.2, 0.25, 0.3]))
    return {"X": X, "y": y, "fraction": fraction, "rng": Rng(int(rng.integers(2**32)))}


def _rare(rng: np.random.Generator) -> list[Case]:
    inputs = _samples(rng, Sizes(1, 3, 4, 1))
    y = inputs["y"].copy()
    y[rng.choice(len(y), 20, replace=False)] = 4
    keep = np.ones(len(y), dtype=bool)
    for label in range(4):  # counts that every fraction divides
        keep[np.flatnonzero(y == label)[: np.sum(y == label) % 20]] = False
    return [Case({**inputs, "X": inputs["X"][keep], "y": y[keep]}, about="a rare class")]


EXERCISE = Exercise(
    name="split",
    title="Training and validation part",
    folder=Path(__file__).parent,
    station="X",
    parts=(
        Part(
            "split", _samples, ("X_train", "y_train", "X_val", "y_val"), special=_rare, square=False,
            sizes=(Sizes(1, 2, 4, 1), Sizes(1, 3, 5, 1), Sizes(1, 4, 4, 1)), measure=measured,
        ),
    ),
    twins=(
        Twin(
            "labels_shuffled_alone", RESULT, "return X[train], rng.permutation(y[train]), X[val], rng.permutation(y[val])",
            title="labels and samples are shuffled separately",
            says="Your samples have other samples' labels: X and y do not come in the same order.",
            breaks=ONE_PART,
            asks="How many random orders are drawn, and which arrays does each one sort?",
        ),
        Twin(
            "train_labels_wrong", RESULT, "return X[train], y[rest], X[val], y[val]",
            title="the training labels are not shuffled with their samples",
            says="In your training part the labels do not belong to their samples; in the validation part they do.",
            breaks=ONE_PART,
            asks="Which order does X_train have, and which one y_train?",
        ),
        Twin(
            "columns_shuffled", RESULT, "return rng.permuted(X[train], axis=1), y[train], rng.permuted(X[val], axis=1), y[val]",
            title="the numbers within a sample are shuffled",
            says="The rows of your X are no samples of the old X: their numbers have changed places within the row.",
            breaks=ONE_PART,
            asks="Which axis of X counts the samples?",
        ),
        Twin(
            "not_stratified", "np.concatenate(chosen)", "rng.permutation(len(y))[: len(np.concatenate(chosen))]",
            title="the classes do not give the same fraction",
            says="Your validation part is drawn from all samples at once: as many as there should be, but chance decides how "
            "many of each class.",
            breaks=STRATIFIED,
            asks="What becomes of a class that has five samples only?",
        ),
        Twin(
            "equally_many", "round(fraction * len(members))", "round(fraction * len(y) / len(np.unique(y)))",
            title="each class gives equally many samples, not the same fraction",
            says="Your validation part has the same number of samples of each class, whether it is frequent or rare.",
            breaks=STRATIFIED,
            asks="Of 40 samples of one class and 200 of another, how many are a quarter?",
        ),
        Twin(
            "first_ones", "rng.permutation(members)", "members",
            title="the first samples of each class are taken",
            says="Your validation part holds the samples that come first in the file: no chance decides.",
            breaks=BY_CHANCE,
            asks="What if the file is sorted by who wrote the digits?",
        ),
        Twin(
            "last_ones", "rng.permutation(members)", "members[::-1]",
            title="the last samples of each class are taken",
            says="Your validation part holds the samples that come last in the file: no chance decides.",
            breaks=BY_CHANCE,
            asks="What if the file is sorted by who wrote the digits?",
        ),
        Twin(
            "cut_off", "rng.permutation(np.concatenate(chosen))", "np.arange(len(np.concatenate(chosen)))",
            title="the first samples of the file are cut off, unshuffled",
            says="Your validation part is the beginning of the file in its old order: neither chance nor the classes decide.",
            breaks=f"{STRATIFIED}\n  {BY_CHANCE}",
            asks="What if the file is sorted by class?",
            also=(("rng.permutation(rest)", "rest"),),
        ),
        Twin(
            "cut_off_the_end", "rng.permutation(np.concatenate(chosen))",
            "np.arange(len(y) - len(np.concatenate(chosen)), len(y))",
            title="the last samples of the file are cut off, unshuffled",
            says="Your validation part is the end of the file in its old order: neither chance nor the classes decide.",
            breaks=f"{STRATIFIED}\n  {BY_CHANCE}",
            asks="What if the file is sorted by class?",
            seen="https://github.com/keras-team/keras/issues/8346",
            also=(("rng.permutation(rest)", "rest"),),
        ),
        Twin(
            "train_in_old_order", "rng.permutation(rest)", "rest",
            title="the training part keeps the old order",
            says="Your training samples come in the order of the file.",
            breaks=NEW_ORDER,
            asks="What would the first batches be like if the file were sorted by class?",
        ),
        Twin(
            "class_after_class", "val = rng.permutation(np.concatenate(chosen))", "val = np.concatenate(chosen)",
            title="the samples come class after class",
            says="Both of your parts are sorted by class: first all of one, then all of the next.",
            breaks=NEW_ORDER,
            asks="Which classes does the first batch hold?",
            also=(("train = rng.permutation(rest)", "train = rest[np.lexsort((rng.random(len(rest)), y[rest]))]"),),
        ),
        Twin(
            "val_class_after_class", "rng.permutation(np.concatenate(chosen))", "np.concatenate(chosen)",
            title="the validation samples come class after class",
            says="Your validation part is sorted by class; the training part is mixed.",
            breaks=NEW_ORDER,
            asks="In which order are the classes put together, and is it mixed afterwards?",
        ),
        Twin(
            "overlap", "rng.permutation(rest)", "rng.permutation(len(y))",
            title="the validation samples are in the training part, too",
            says="Some samples are in both of your parts: the network is judged on what it has learned.",
            breaks=ONE_PART,
            asks="Which samples are left for training when those for validation are set aside?",
            seen="https://github.com/BatteryDEV/AutoECM/issues/13",
        ),
        Twin(
            "parts_interchanged", RESULT, "return X[val], y[val], X[train], y[train]",
            title="training and validation part are interchanged",
            says="Your training part has the size that the validation part should have, and the other way round.",
            breaks="each class gives the given fraction to the validation part",
            asks="Which of the two parts is the fraction for?",
        ),
        Twin(
            "other_order_of_results", RESULT, "return X[train], X[val], y[train], y[val]",
            title="the four results come in another order",
            says="What you return as y_train has the shape of samples, and what you return as X_val that of labels.",
            breaks=ORDER_OF_RESULTS,
            asks="In which order does the docstring name the four results?",
        ),
        Twin(
            "with_replacement", "rng.permutation(members)", "rng.choice(members, len(members))",
            title="samples are drawn more than once",
            says="Some samples occur more than once in a part of yours: whoever is drawn goes back among the others.",
            breaks=ONE_PART,
            asks="May a sample be drawn that has been drawn already?",
        ),
        Twin(
            "fraction_of_everything", "round(fraction * len(members))", "round(fraction * len(y))",
            title="each class gives a fraction of the whole",
            says="Your validation part takes from each class a fraction of all samples: small classes are used up.",
            breaks=STRATIFIED,
            asks="Of how many samples is the fraction taken?",
        ),
        Twin(
            "class_left_out", "in np.unique(y):", "in np.unique(y)[:-1]:",
            title="the last class gives nothing to the validation part",
            says="Your validation part holds no sample of the last class.",
            breaks=STRATIFIED,
            asks="For which classes does your loop run?",
        ),
        Twin(
            "lost", "np.setdiff1d(np.arange(len(y)), val)", "np.setdiff1d(np.arange(len(y)), val)[:-1]",
            title="a sample gets lost",
            says="Some sample is in neither of your parts.",
            breaks=ONE_PART,
            asks="Do the sizes of your two parts add up to N?",
        ),
    ),
    hints=(
        "Work with the samples' numbers, 0 to N − 1, not with the samples: which numbers belong to which class, and which go "
        "where?",
        "For each class: np.flatnonzero(y == label) are its numbers, rng.permutation shuffles them, the first ones are for "
        "validation. At the end shuffle once more.",
        "Collect the chosen numbers of all classes in one array; the others are for training. Shuffle both arrays of "
        "numbers, and index X and y with the same one.",
    ),
    why="The same index array for X and y keeps samples and labels together; class by class, even a rare one is in both parts.",
)  # fmt: skip
