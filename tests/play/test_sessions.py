"""Tabs: how many, how long, and what is left of them."""

import pytest

from glassnet.play.errors import RequestError
from glassnet.play.sessions import Sessions
from glassnet.play.settings import Limits


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_there_are_not_more_tabs_than_allowed(clock):
    sessions = Sessions(Limits(sessions=2), clock)
    first = sessions.create()
    sessions.create()
    with pytest.raises(RequestError, match="2 tabs are open already"):
        sessions.create()
    sessions.remove(first.id)
    sessions.create()
    sessions.close()
    assert len(sessions) == 0


def test_a_tab_that_asks_for_nothing_is_forgotten_with_its_folder(clock):
    sessions = Sessions(Limits(idle_seconds=60), clock)
    quiet, busy = sessions.create(), sessions.create()
    clock.now += 50
    sessions.get(busy.id)
    clock.now += 20
    sessions.sweep()
    assert not quiet.folder.exists() and busy.folder.exists()
    with pytest.raises(RequestError, match="Reload"):
        sessions.get(quiet.id)
    sessions.close()
    assert not busy.folder.exists()


class FakeTraining:
    def __init__(self, left_at):
        self.left_at, self.watchers, self.is_over, self.ended = left_at, 0, False, 0

    def abandoned_for(self, now):
        return 0.0 if self.left_at is None else now - self.left_at

    def end(self):
        self.ended += 1


def test_only_an_abandoned_training_is_ended_and_a_watched_tab_stays(clock):
    sessions = Sessions(Limits(grace_seconds=10, idle_seconds=60), clock)
    left, watched = sessions.create(), sessions.create()
    left.training, watched.training = FakeTraining(clock.now), FakeTraining(None)
    watched.training.watchers = 1
    assert sessions.trainings() == 2
    clock.now += 5
    sessions.sweep()
    assert left.training.ended == 0
    clock.now += 6
    sessions.sweep()
    assert left.training.ended == 1 and watched.training.ended == 0
    clock.now += 100
    sessions.sweep()
    assert len(sessions) == 1
    sessions.close()
    assert watched.training.ended == 1


def test_names_cannot_be_guessed(clock):
    sessions = Sessions(Limits(), clock)
    names = {sessions.create().id for _ in range(20)}
    assert len(names) == 20 and min(map(len, names)) >= 24
    sessions.close()
