"""What the tests of the exercises share."""

import pytest

from glassnet.learn import Worker


@pytest.fixture(scope="session")
def worker():
    with Worker() as worker:
        yield worker
