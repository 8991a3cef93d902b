"""What can be wrong with the data: their scale, their labels, their classes, their parts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glassnet.data import Dataset
from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, percent
from glassnet.evaluation import score

__all__ = ["duplicates", "input_scale", "labels", "missing_classes", "rare_classes"]

# Initialisers, and the usual learning rates, are made for inputs of a size about 1. An input r times as large
# makes the first layer's gradient r times as long, and each step act r times as much again: at r = 10 a rate
# acts as one a hundred times too high, at r = 1/100 as one ten thousand times too low. Pixels from 0 to 16 (r
# about 8) still train; pixels from 0 to 255 (r about 80) do not, or by luck.
LARGE, SMALL = 10.0, 0.01
UNEVEN = 1000.0
"""Features of which one is so many times as large as another: the smaller one is as good as not there."""

SAME, MANY_SAME = 0.05, 0.2
"""Share of held-out samples that were also learned. So much the held-out figures can be too good. A few twins
are natural where there are few features, as in iris."""


def input_scale(case: Case) -> Iterator[Finding]:
    """Inputs that are far too large, far too small, or very different from one another."""
    X = case.inputs(case.train, 512)
    size = np.sqrt(np.mean(X**2, axis=0))
    used = size[size > 0]
    if not used.size:
        yield Finding(
            "input_not_scaled",
            "serious",
            "All inputs are zero",
            f"Each of the {X.shape[1]:,} inputs is 0 in each of {len(X):,} training samples.",
            "Look at the data (glassnet data PATH): the wrong column or an empty picture was read.",
        )
        return
    r = float(np.sqrt(np.mean(used**2)))
    facts = f"The network reads numbers from {X.min():.4g} to {X.max():.4g}, typically of the size {r:.3g}"
    advice = (
        'Scale them: data.prepare = "unit" brings them to 0-1, "standard" to mean 0 and deviation 1 '
        "(in Python: Preparation.fit(data, ...))."
    )
    severity = "serious" if case.failed else "warning"
    if r > LARGE or r < SMALL:
        much = "large" if r > LARGE else "small"
        effect = (
            f"{r * r:,.0f} times as strongly as"
            if r > LARGE
            else f"{1 / (r * r):,.0f} times more weakly than"
        )
        yield Finding(
            "input_not_scaled",
            severity,  # type: ignore[arg-type]
            f"The inputs are too {much}",
            f"{facts}; weights and rates are made for a size about 1. Each step acts about {effect} meant.",
            advice,
        )
    elif case.train.pixel_max is None and used.max() > UNEVEN * used.min():
        names = case.train.feature_names or [f"feature {i}" for i in range(len(size))]
        least = int(np.argmin(np.where(size > 0, size, np.inf)))
        most = int(np.argmax(size))
        yield Finding(
            "input_not_scaled",
            severity,  # type: ignore[arg-type]
            "The inputs are of very different sizes",
            f"{names[most]} is typically {size[most]:.3g}, {names[least]} {size[least]:.3g}: beside the "
            "first, the network hardly sees the second.",
            advice,
        )


def labels(case: Case) -> Iterator[Finding]:
    """Labels that have nothing to do with the inputs."""
    if not case.has_classes or not case.trained or case.held_out is None or case.held_out_score is None:
        return
    name, part = case.held_out
    accuracy = case.held_out_score[1] or 0.0
    if accuracy > case.chance + case.luck(len(part)):
        return
    learned = case.training_score[1] or 0.0
    facts = (
        f"Of the {name} part {percent(accuracy)} are right, as by chance ({percent(case.chance)}), and of "
        f"the training part {percent(learned)}."
    )
    asked = min(len(case.train), 1000)
    if case.neighbours_agree <= case.chance + case.luck(asked):
        yield Finding(
            "labels_do_not_match",
            "serious",
            "The labels do not match the samples",
            f"{facts} Nor do the most similar training samples share their labels: "
            f"{percent(case.neighbours_agree)} of the pairs.",
            "Look at some samples with their labels (glassnet plot RUN samples). Often images and labels "
            "were sorted or shuffled apart, a header line was read as a sample, or the wrong column is the "
            "label.",
        )
    elif case.held_out_neighbours_agree <= case.chance + case.luck(min(len(part), 1000)):
        yield Finding(
            "labels_do_not_match",
            "serious",
            f"The labels of the {name} part do not match its samples",
            f"{facts} Similar training samples share their labels ({percent(case.neighbours_agree)}), but "
            f"only {percent(case.held_out_neighbours_agree)} of the {name} samples have that of the most "
            "similar training sample.",
            f"Compare where the labels of the {name} part come from with where those of the training part "
            "do: another order of the classes, or another file.",
        )


def missing_classes(case: Case) -> Iterator[Finding]:
    """Classes without a training sample."""
    missing = np.flatnonzero(case.counts == 0) if case.has_classes else np.empty(0, int)
    if not missing.size:
        return
    names = _listed([case.class_name(int(k)) for k in missing])
    asked_for = sum(np.count_nonzero(_among(case, part, missing)) for part in case.held_out_parts)
    yield Finding(
        "classes_missing",
        "serious" if asked_for else "warning",
        f"{_count(missing.size, 'class', 'classes')} without a training sample: {names}",
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
    names = _listed([f"{case.class_name(k)} ({case.counts[k]:,})" for k in rare])
    m, K = len(case.train), len(case.counts)
    recall, asked = _recall(case, rare)
    found = f" Of {asked:,} held-out samples of such a class {percent(recall)} are found." if asked else ""
    yield Finding(
        "classes_rare",
        "serious" if asked and recall < 0.5 else "warning",
        f"{_count(len(rare), 'class is', 'classes are')} rare",
        f"Of {m:,} training samples an even share would be {m / K:,.0f} for each class; there are fewer than "
        f"a tenth of that of: {names}.{found}",
        "Collect more of them, or let each count more: training.class_weight = balanced. Look at the class's "
        "own recall (glassnet evaluate RUN); the accuracy hardly shows it.",
    )


def _recall(case: Case, classes: list[int]) -> tuple[float, int]:
    """The share of held-out samples of some classes that is found, and how many there are."""
    if not case.trained:
        return 0.0, 0
    right = asked = 0
    for part in case.held_out_parts:
        mine = _among(case, part, classes)
        if mine.any():
            chosen = part.take(mine)
            accuracy = score(case.network, chosen, case.prepared)[1] or 0.0
            right, asked = right + round(accuracy * len(chosen)), asked + len(chosen)
    return right / max(asked, 1), asked


def duplicates(case: Case) -> Iterator[Finding]:
    """Held-out samples that were also learned."""
    learned: set[bytes] | None = None
    for name, part in (("validation", case.validation), ("test", case.test)):
        if part is None:
            continue
        if learned is None:
            learned = set(map(bytes, np.ascontiguousarray(case.train.flat)))
        same = sum(row in learned for row in map(bytes, np.ascontiguousarray(part.flat)))
        if same >= 3 and same >= SAME * len(part):
            share = same / len(part)
            yield Finding(
                "duplicates",
                "serious" if share >= MANY_SAME else "warning",
                f"Samples of the {name} part were also learned",
                f"{same:,} of {len(part):,} {name} samples ({percent(share)}) stand in the training part, "
                f"equal in every number. By so much the figures of the {name} part may be too good.",
                "Remove duplicates before the data are divided, or divide them by writer or source.",
            )


def _among(case: Case, part: Dataset, chosen: ArrayLike) -> NDArray[np.bool_]:
    classes = case.classes(part)
    assert classes is not None  # as in the training part
    return np.isin(classes, chosen)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
