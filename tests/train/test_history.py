"""The record of a training."""

import numpy as np
import pandas as pd
import pytest

import glassnet as gn
from glassnet.errors import DataError
from glassnet.train import Epoch, Finished, History, fit


@pytest.fixture
def history(blobs):
    rest, part = blobs.split(0.3, seed=0)
    return fit(gn.mlp(4, 8, 3, seed=0), rest, gn.Adam(0.05), epochs=5, batch_size=16, validation=part)


def test_columns_are_arrays(history):
    assert len(history) == 5
    np.testing.assert_array_equal(history.epochs, [1, 2, 3, 4, 5])
    for name in ("loss", "accuracy", "validation_loss", "validation_accuracy", "learning_rate", "seconds"):
        column = getattr(history, name)
        assert column.shape == (5,) and np.isfinite(column).all()
        np.testing.assert_array_equal(column, [record[name] for record in history.records])
    assert (np.diff(history.seconds) > 0).all()
    with pytest.raises(DataError, match="no column 'los'; it has epoch, epochs, loss"):
        history.column("los")


def test_what_is_missing_is_nan(blobs):
    history = fit(gn.mlp(4, 3), blobs, gn.Adam(), epochs=2)
    assert np.isnan(history.validation_loss).all() and history.best_epoch is None
    assert history.finished == Finished(2, "done")


def test_the_best_epoch_is_the_listeners_or_that_of_the_lowest_loss():
    history = History()
    for epoch, loss in enumerate([0.5, 0.2, 0.3], start=1):
        history.append(Epoch(epoch, 3, 1.0, None, loss, None, 0.1, float(epoch), 1.0))
    assert history.best_epoch == 2
    history.finished = Finished(3, "done", 1)
    assert history.best_epoch == 1


def test_a_frame_has_a_row_for_each_epoch(history):
    frame = history.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert frame.index.name == "epoch" and list(frame.index) == [1, 2, 3, 4, 5]
    np.testing.assert_array_equal(frame["loss"], history.loss)


def test_a_csv_file_gives_the_very_same_numbers_back(history, tmp_path):
    history.records[2]["accuracy"] = None
    history.to_csv(tmp_path / "history.csv")
    assert History.from_csv(tmp_path / "history.csv").records == history.records
    assert len(pd.read_csv(tmp_path / "history.csv")) == 5


def test_its_short_form_names_the_last_figures(history):
    assert repr(history).startswith("History(5 epochs, loss 0.")
    assert "validation accuracy" in repr(history)
    assert repr(History()) == "History(no epoch yet)"


def test_files_that_are_no_history(history, tmp_path):
    path = tmp_path / "history.csv"
    with pytest.raises(DataError, match="cannot read the history"):
        History.from_csv(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="not a text file"):
        History.from_csv(path)
    path.write_text("label,pixel0\n1,2\n")
    with pytest.raises(DataError, match="first line should be epoch,epochs,loss"):
        History.from_csv(path)
    history.to_csv(path)
    good = path.read_text()
    path.write_text(good + "6,6\n")
    with pytest.raises(DataError, match="line 7: 2 cells instead of 9"):
        History.from_csv(path)
    path.write_text(good.replace("\n2,5,", "\ntwo,5,"))
    with pytest.raises(DataError, match="line 3, column epoch: 'two' is not a number"):
        History.from_csv(path)
