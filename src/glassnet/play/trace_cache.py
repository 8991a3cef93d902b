"""The last few traces: pages ask several things about the same one."""

import threading
from collections import OrderedDict

from glassnet.explain import trace_one
from glassnet.nn import Trace
from glassnet.play.registered_model import RegisteredModel

__all__ = ["TraceCache"]

MAX_TRACES = 6
"""A trace holds every weight three times: some 8 MB with half a million."""


class TraceCache:
    """Traces by what they were made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[RegisteredModel, Trace]] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, item: RegisteredModel, pixels: list[float], label: int | None, learning_rate: float
    ) -> Trace:
        """The trace of one example, made or found again."""
        key = (id(item), tuple(pixels), label, learning_rate)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        trace = trace_one(item.model, pixels, label, learning_rate)
        with self._lock:
            self._kept[key] = (item, trace)  # the model too, so that its id stays its own
            while len(self._kept) > MAX_TRACES:
                self._kept.popitem(last=False)
        return trace
