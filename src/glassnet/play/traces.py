"""The last few traces: pages ask several things about the same one."""

import threading
from collections import OrderedDict

from glassnet.explain import trace_one
from glassnet.nn import Trace
from glassnet.play.shelf import Shelved

__all__ = ["Traces"]

MOST = 6
"""A trace holds every weight three times: some 8 MB with half a million."""


class Traces:
    """Traces by what they were made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[Shelved, Trace]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, item: Shelved, pixels: list[float], label: int | None, learning_rate: float) -> Trace:
        """The trace of one example, made or found again."""
        key = (id(item), tuple(pixels), label, learning_rate)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        with item.lock:
            trace = trace_one(item.model, pixels, label, learning_rate)
        with self._lock:
            self._kept[key] = (item, trace)  # the model too, so that its id stays its own
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return trace
