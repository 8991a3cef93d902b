"""A row of figures for each epoch: complete, in line with its header, and no wider than a terminal."""

from types import SimpleNamespace

import pytest

from glassnet.cli.training_text import EpochTable
from glassnet.train import Epoch


def started(epochs, classes=True, validation=True):
    return SimpleNamespace(
        recipe=SimpleNamespace(training=SimpleNamespace(epochs=epochs)),
        parts=SimpleNamespace(
            train=SimpleNamespace(has_classes=classes), validation=object() if validation else None
        ),
    )


def epoch(number, epochs, **figures):
    known = {
        "epoch": number, "epochs": epochs, "loss": 0.43211, "accuracy": 0.9012, "validation_loss": 0.1234,
        "validation_accuracy": 1.0, "learning_rate": 0.00096, "images_per_second": 1_234_567.0,
        "seconds": 4.0,
    }  # fmt: skip
    return SimpleNamespace(**{**known, **figures})


def test_the_fields_are_those_of_a_real_epoch():
    assert set(vars(epoch(1, 2))) <= set(Epoch.__dataclass_fields__)


def test_every_figure_stands_beneath_its_name():
    table = EpochTable(started(30))
    header, row = table.header(), table.row(epoch(2, 30))
    assert row.split() == [
        *("epoch", "2/30", "0.4321", "90.12", "%", "0.1234", "100.00", "%", "0.00096", "1,234,567"),
        *("56", "s"),
    ]
    ends = [row.index(text) + len(text) for text in ("0.4321", "90.12 %", "0.1234", "100.00 %", "0.00096")]
    names = ("loss", "accuracy", "validation", "accuracy", "rate")
    place = 0
    for name, end in zip(names, ends, strict=True):
        place = header.index(name, place) + len(name)
        assert place == end, name


@pytest.mark.parametrize("epochs", [1, 30, 1000, 100_000])
@pytest.mark.parametrize("classes", [True, False])
@pytest.mark.parametrize("validation", [True, False])
@pytest.mark.parametrize("loss", [0.5, 99.99999, 123456.789, 1e-12, 3.4e38])
def test_no_line_is_wider_than_a_terminal(epochs, classes, validation, loss):
    table = EpochTable(started(epochs, classes, validation))
    missing = {} if validation else {"validation_loss": None, "validation_accuracy": None}
    if not classes:
        missing |= {"accuracy": None, "validation_accuracy": None}
    elif validation:
        missing["validation_loss"] = loss
    row = table.row(epoch(1, epochs, loss=loss, seconds=50.0, **missing))
    assert len(row) <= 80 and len(table.header()) == len(row)
    assert f"epoch {'1'.rjust(len(str(epochs)))}/{epochs} " in row
