"""Pictures of an evaluation: numbers, shares, names."""

import numpy as np
import pytest

import glassnet as gn
from glassnet import plots
from glassnet.evaluation import Evaluation, precision_recall_f1
from glassnet.plots.confusion_matrix import confused_pairs

SMALL = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})


def confused(counts, names=None):
    """An evaluation of which only the confusion matrix counts."""
    counts = np.asarray(counts)
    names = names or tuple(map(str, range(len(counts))))
    empty = np.zeros(0)
    return Evaluation(0.0, 0.5, None, counts, empty, empty, empty, names, None)


def test_counts_and_shares_are_written_into_the_cells():
    fig = plots.confusion_matrix(confused([[8, 2], [0, 10]]))
    left, right, _ = fig.axes
    assert [text.get_text() for text in left.texts] == ["8", "2", "10"]
    assert [text.get_text() for text in right.texts] == ["80.0", "20.0", "100.0"]
    assert np.array_equal(left.images[0].get_array().filled(0), [[8, 2], [0, 10]])
    assert np.array_equal(right.images[0].get_array().filled(0), [[80, 20], [0, 100]])
    assert right.images[0].get_clim() == (0.1, 100)


def test_the_most_confused_pairs_are_named_truth_first(text):
    fig = plots.confusion_matrix(confused([[5, 0, 4], [1, 9, 0], [0, 0, 7]], ("cat", "dog", "owl")))
    assert "Most often taken: “cat” for “owl” 4×, “dog” for “cat” 1×" in text(fig)
    assert "5 of 26 answers are wrong" in fig.get_suptitle()


def test_confused_pairs_leave_out_what_was_right():
    assert confused_pairs(np.eye(3, dtype=int)) == []


def test_no_mistake_is_said(text):
    assert "No class was ever taken for another one." in text(
        plots.confusion_matrix(confused(np.diag([3, 4])))
    )


def test_many_classes_with_long_names_stay_readable(rng):
    names = tuple(f"a class with a long name, number {k}" for k in range(40))
    fig = plots.confusion_matrix(confused(rng.integers(0, 5, (40, 40)), names))
    assert not fig.axes[0].texts  # no numbers where they could not be read
    assert all(len(label.get_text()) <= 14 for label in fig.axes[0].get_yticklabels())


def test_the_report_shows_precision_recall_f1_and_support(trained):
    _, _, evaluation = trained
    fig = plots.class_report(evaluation)
    scores, support = fig.axes
    table = precision_recall_f1(evaluation.confusion)
    for curve, kind in zip(scores.lines, ("precision", "recall", "f1"), strict=False):
        assert np.allclose(curve.get_xdata(), 100 * table[kind])
    assert [bar.get_width() for bar in support.patches] == list(table["support"])
    assert f"“{np.argmin(table['f1'])}”" in fig.get_suptitle()


def test_classes_are_counted_part_by_part(digits):
    training, validation = digits.split(0.25, seed=0)
    fig = plots.class_distribution({"training": training, "validation": validation})
    for ax, part in zip(fig.axes, (training, validation), strict=True):
        assert [bar.get_height() for bar in ax.patches] == list(part.class_counts)
        assert f"{len(part):,}" in ax.get_title(loc="left")
    assert fig.get_suptitle() == "400 samples in 10 classes"


def test_a_class_that_a_part_lacks_counts_nothing_there(iris):
    few = iris.take(np.flatnonzero(iris.labels < 2))
    fig = plots.class_distribution({"all": iris, "few": few})
    assert [bar.get_width() for bar in fig.axes[1].patches] == [50, 50, 0]


def test_reliability_shows_each_bin(trained):
    _, _, evaluation = trained
    fig = plots.reliability(evaluation)
    upper, lower = fig.axes
    bins = evaluation.calibration
    filled = bins.count > 0
    assert np.allclose([bar.get_height() for bar in upper.patches], 100 * bins.accuracy[filled])
    assert [bar.get_height() for bar in lower.patches] == list(bins.count)
    assert f"{100 * bins.error:.2f} %" in fig.get_suptitle()


@pytest.mark.parametrize("picture", ["confusion_matrix", "class_report", "reliability"])
def test_without_classes_there_is_no_picture_and_it_is_said(picture, regression):
    with pytest.raises(ValueError, match=r"classes|class has|probabilities"):
        getattr(plots, picture)(regression[1])


def test_targets_that_are_no_classes_cannot_be_counted(regression):
    with pytest.raises(ValueError, match="no classes"):
        plots.class_distribution(regression[2])


@SMALL
def test_confusion_matrix_looks(trained):
    return plots.confusion_matrix(trained[2])


@SMALL
def test_class_report_looks(iris_evaluation):
    return plots.class_report(iris_evaluation)


@SMALL
def test_class_distribution_looks(iris):
    return plots.class_distribution(gn.Dataset(iris.images[:90], iris.labels[:90], iris.class_names))


@SMALL
def test_reliability_looks(trained):
    return plots.reliability(trained[2])
