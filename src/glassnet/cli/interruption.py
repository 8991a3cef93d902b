"""Ctrl-C as a wish: the training ends behind its present step, so that nothing is half done."""

import signal
import threading
from types import FrameType
from typing import Self

__all__ = ["Interruption"]


class Interruption:
    """Within the block, the first Ctrl-C sets ``wanted``; the second one stops at once.

    Examples
    --------
    >>> with Interruption() as interruption:
    ...     interruption.wanted
    False
    """

    def __init__(self) -> None:
        self.wanted = False

    def __enter__(self) -> Self:
        # Python lets the main thread alone handle signals.
        self._handles = threading.current_thread() is threading.main_thread()
        if self._handles:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._handles:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.wanted:
            raise KeyboardInterrupt
        self.wanted = True
