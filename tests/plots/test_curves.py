"""Pictures of a history: the curves are its columns, and what is marked is right."""

import numpy as np
import pytest

from glassnet import plots
from glassnet.plots.learning_curves import would_stop
from glassnet.train import Epoch, History

SMALL = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})


def line(ax, label):
    """What stands behind a curve."""
    return next(line for line in ax.lines if line.get_label().startswith(label))


def overfitted(n=20):
    """Validation gets worse after epoch 8."""
    history = History()
    for i in range(1, n + 1):
        validation = 0.3 + 0.01 * (i - 8) ** 2
        history.append(
            Epoch(i, n, 1 / i, 1 - 0.5 / i, validation, 0.9 - 0.1 * validation, 0.1 / i, i * 0.5, 1e4)
        )
    return history


def test_the_curves_are_the_columns_of_the_history(trained):
    _, history, _ = trained
    fig = plots.learning_curves(history)
    loss, accuracy, rate = fig.axes
    for ax, label, column in [
        (loss, "training", history.loss),
        (loss, "validation", history.validation_loss),
        (accuracy, "training", 100 * history.accuracy),
        (accuracy, "validation", 100 * history.validation_accuracy),
        (rate, "learning rate", history.learning_rate),
    ]:
        assert np.array_equal(line(ax, label).get_ydata(), column)
        assert np.array_equal(line(ax, label).get_xdata(), history.epochs)
    assert (loss.get_ylabel(), accuracy.get_ylabel(), rate.get_xlabel()) == ("loss", "accuracy, %", "epoch")


def test_the_best_epoch_and_early_stopping_are_marked():
    fig = plots.learning_curves(overfitted(), patience=4)
    for ax in fig.axes[:2]:
        assert list(line(ax, "best: 8").get_xdata()) == [8, 8]
        assert list(line(ax, "early stopping (patience 4): 12").get_xdata()) == [12, 12]


def test_early_stopping_that_would_never_stop_is_not_drawn(text):
    assert "early stopping" not in text(plots.learning_curves(overfitted(), patience=30))


def test_where_it_stops_is_where_the_listener_stops():
    import glassnet as gn

    data = gn.load("iris")
    training, validation = data.split(0.3, seed=3)
    whole = gn.mlp(4, 8, 3, seed=0), gn.mlp(4, 8, 3, seed=0)
    settings = {"validation": validation, "epochs": 60, "batch_size": 8, "seed": 0}
    free = gn.fit(whole[0], training, optimizer=gn.Adam(0.1), **settings)
    stopped = gn.fit(whole[1], training, optimizer=gn.Adam(0.1), patience=5, **settings)
    assert len(stopped) < 60
    assert would_stop(free.validation_loss, 5) == len(stopped)


def test_without_validation_and_without_classes(regression):
    history, _, _ = regression
    fig = plots.learning_curves(history)
    assert len(fig.axes) == 2
    assert not [curve for curve in fig.axes[0].lines if curve.get_label().startswith(("validation", "best"))]


def test_an_empty_history_has_no_curve():
    with pytest.raises(ValueError, match="no epoch yet"):
        plots.learning_curves(History())


def test_runs_are_compared_on_validation_when_all_have_one(trained, regression):
    _, history, _ = trained
    fig = plots.compare({"one": history, "two": overfitted()})
    assert np.array_equal(line(fig.axes[0], "one").get_ydata(), history.validation_loss)
    assert np.array_equal(line(fig.axes[1], "two").get_ydata(), 100 * overfitted().validation_accuracy)
    mixed = plots.compare({"one": history, "three": regression[0]})
    assert len(mixed.axes) == 1 and "training" in mixed.get_suptitle()
    assert np.array_equal(line(mixed.axes[0], "one").get_ydata(), history.loss)
    with pytest.raises(ValueError, match="no run"):
        plots.compare({})


def test_many_runs_differ_in_colour_or_line():
    fig = plots.compare({str(k): overfitted(3) for k in range(12)})
    looks = {(curve.get_color(), curve.get_linestyle()) for curve in fig.axes[0].lines}
    assert len(looks) == 12


def test_gradients_that_were_not_recorded_are_said(trained):
    with pytest.raises(ValueError, match="not recorded"):
        plots.gradient_flow(overfitted())


@SMALL
def test_learning_curves_looks():
    return plots.learning_curves(overfitted(), patience=4)


@SMALL
def test_compare_looks():
    return plots.compare({"short": overfitted(10), "long": overfitted(20)})
