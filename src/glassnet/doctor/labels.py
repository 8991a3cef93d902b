"""What can be wrong with the labels, the classes and the parts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.data import Dataset
from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, counted, percent, some
from glassnet.doctor.words import how_much, how_well
from glassnet.evaluation import score

__all__ = ["duplicates", "labels", "missing_classes", "noisy_labels", "rare_classes"]

CANNOT_TELL = 0.35
"""Luck with so few samples that even a good answer could be chance."""
TELLING = 2.0
"""Skill that the training samples' labels give, as a multiple of luck, so that the lack of it elsewhere "
"tells."""
WRONG = 0.15
"""Share of wrong answers where the reference is surest. With right labels it is at most 0.05, also where
classes overlap; with a third of them wrong, a third."""
FEW_FOR_NOISE = 100
"""Training samples from which on that share means something: then its quarter is of 25."""

SAME, MANY_SAME = 0.05, 0.2
"""Share of held-out samples that were also learned. So much the held-out figures can be too good. A few twins
are natural where there are few features, as in iris."""
FORMS = 100
"""Forms that a sample can take, for each training sample, below which some are equal by chance."""
MANY_COLUMNS = 64
"""Of so many and more, the first tell whether there are few forms."""

FOUND, ASKED = 0.9, 5
"""Recall of rare classes from which on they are found well, and samples from which on one can say so."""


def labels(case: Case) -> Iterator[Finding]:
    """Labels that have nothing to do with the inputs."""
    if (
        not case.trained
        or case.unseen is None
        or case.carried_over is None
        or not case.carried_over.by_chance
    ):
        return
    name, kept, known = case.unseen[0], case.carried_over, case.reference.marks
    if known.luck > CANNOT_TELL or kept.luck > CANNOT_TELL:
        return
    facts = (
        f"In the {name} part {how_well(kept)}, as by chance; in the training part {how_well(case.learned)}."
    )
    if known.hardly_better:
        yield Finding(
            "labels_do_not_match",
            "serious",
            "The labels do not match the samples",
            f"{facts} Nor does a quick look at the training samples find any relation: "
            f"{case.reference.words} gets {how_much(known)}, no better than chance.",
            "Look at some samples with their labels (glassnet plot RUN samples). Often images and labels "
            "were sorted or shuffled apart, a header line was read as a sample, or the wrong column is the "
            "label.",
        )
    elif known.skill >= TELLING * kept.luck and case.reference_on_unseen.by_chance:
        yield Finding(
            "labels_do_not_match",
            "serious",
            f"The labels of the {name} part do not match its samples",
            f"{facts} Similar training samples do share their labels ({how_well(known)}), but those of the "
            f"{name} part do not have that of the most similar training samples "
            f"({how_well(case.reference_on_unseen)}).",
            f"Compare where the labels of the {name} part come from with where those of the training part "
            "do: another order of the classes, or another file.",
        )


def noisy_labels(case: Case) -> Iterator[Finding]:
    """Labels of which many are wrong, everywhere."""
    if not case.trained or case.kind == "numbers" or len(case.train) < FEW_FOR_NOISE:
        return
    part = case.carried_over or case.learned
    if part.skill >= 1 - WRONG or case.reference.marks.hardly_better:
        return
    wrong = case.reference.surest_wrong
    if wrong < WRONG:
        return
    yield Finding(
        "labels_noisy",
        "serious" if wrong >= 2 * WRONG else "warning",
        "Many labels are wrong, or the inputs tell too little about them",
        f"In training, {case.reference.words} gets {how_much(case.reference.marks)}; but of the quarter "
        f"that are the clearest, {percent(wrong)} have another label, too. Where classes only overlap, "
        "hardly any would. A network that gets all of them right has learned mistakes by heart.",
        "Look at the samples that the network is surest about and that are counted as wrong (glassnet plot "
        "RUN mistakes), and correct the labels; fewer but right ones are better. Meanwhile stop early: "
        "--set data.validation=0.1 --set training.patience=5; --set network.label_smoothing=0.1.",
    )


def missing_classes(case: Case) -> Iterator[Finding]:
    """Classes without a training sample."""
    missing = np.flatnonzero(case.counts == 0) if case.has_classes else np.empty(0, int)
    if not missing.size:
        return
    names = some([case.class_name(int(k)) for k in missing])
    asked_for = sum(np.count_nonzero(_among(case, part, missing)) for part in case.unseen_parts.values())
    yield Finding(
        "classes_missing",
        "serious" if asked_for else "warning",
        f"{counted(missing.size, 'class', 'classes')} without a training sample: {names}",
        f"The network has {len(case.counts)} outputs; for {names} there is nothing to learn from"
        + (f", but {asked_for:,} held-out samples are of such a class." if asked_for else "."),
        "Add samples of each class, or leave the class out. Was the file sorted by class and cut off?",
    )


def rare_classes(case: Case) -> Iterator[Finding]:
    """Classes with few training samples, unless each of them counts more for it."""
    balanced = case.recipe is not None and case.recipe.training.class_weight == "balanced"
    if not case.has_classes or balanced:
        return
    rare = sorted((k for k in case.rare.tolist() if case.counts[k]), key=lambda k: int(case.counts[k]))
    if not rare:
        return
    names = some([f"{case.class_name(k)} ({case.counts[k]:,})" for k in rare])
    m, K = len(case.train), len(case.counts)
    recall, asked = _recall(case, rare)
    found = f" Of {asked:,} held-out samples of such a class {percent(recall)} are found." if asked else ""
    missed = asked and recall < 0.5
    yield Finding(
        "classes_rare",
        "serious" if missed else "note" if asked >= ASKED and recall >= FOUND else "warning",
        f"{counted(len(rare), 'class is', 'classes are')} rare",
        f"Of {m:,} training samples an even share would be {m / K:,.0f} for each class; at most 15 % of "
        f"that are of: {names}.{found} One who never names such a class is right in "
        f"{percent(1 - float(case.counts[rare].sum()) / m)} of all cases.",
        "Collect more of them, or let each count more: --set training.class_weight=balanced. Look at the "
        "class's own recall (glassnet evaluate RUN); the accuracy hardly shows it.",
    )


def _recall(case: Case, classes: list[int]) -> tuple[float, int]:
    """The share of held-out samples of some classes that is found, and how many there are."""
    if not case.trained:
        return 0.0, 0
    right = asked = 0
    for part in case.unseen_parts.values():
        mine = _among(case, part, classes)
        if mine.any():
            chosen = part.take(mine)
            accuracy = score(case.network, chosen, case.prepared)[1] or 0.0
            right, asked = right + round(accuracy * len(chosen)), asked + len(chosen)
    return right / max(asked, 1), asked


def duplicates(case: Case) -> Iterator[Finding]:
    """Held-out samples that were also learned."""
    if not case.unseen_parts:
        return
    learned = set(map(bytes, np.ascontiguousarray(case.train.flat)))
    for name, part in case.unseen_parts.items():
        same = sum(row in learned for row in map(bytes, np.ascontiguousarray(part.flat)))
        share = same / len(part)
        if same < 3 or share < SAME:
            continue
        forms = _forms(case.train)
        by_chance = forms < FORMS * len(case.train)
        chance = f" The inputs can take only {forms:,.0f} forms, so some are equal by chance."
        yield Finding(
            "duplicates",
            "note" if by_chance else "serious" if share >= MANY_SAME else "warning",
            f"Samples of the {name} part were also learned",
            f"{same:,} of {len(part):,} {name} samples ({percent(share)}) stand in the training part, equal "
            f"in every number. By so much the figures of the {name} part may be too "
            f"good.{chance if by_chance else ''}",
            "Remove duplicates before the data are divided, or divide them by writer or source.",
        )


def _forms(data: Dataset) -> float:
    """How many different samples there could be, from the different numbers in each column."""
    different = [len(np.unique(column)) for column in data.flat.T[:MANY_COLUMNS]]
    return float(np.exp(min(np.log(different).sum(), 50.0)))


def _among(case: Case, part: Dataset, chosen: ArrayLike) -> NDArray[np.bool_]:
    classes = case.classes(part)
    assert classes is not None  # as in the training part
    return np.isin(classes, chosen)
