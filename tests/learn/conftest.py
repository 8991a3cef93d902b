"""What the tests of the exercises share."""

from pathlib import Path

import pytest

from glassnet.learn import Worker

RIGHT = Path(__file__).parent / "right"


def variants(name):
    """The right variants of an exercise: (words, text) for each."""
    head, *cells = (RIGHT / f"{name}.py").read_text(encoding="utf-8").split("# %% ")
    return [(cell.partition("\n")[0], head + cell.partition("\n")[2]) for cell in cells]


@pytest.fixture(scope="session")
def worker():
    with Worker() as worker:
        yield worker
