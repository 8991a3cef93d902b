"""The learner's process as the marker sees it: started ahead, given a job, ended when its time is over."""

import atexit
import contextlib
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Self

from glassnet.learn.worker import wire
from glassnet.learn.worker.calls import LEARNER

__all__ = ["MEMORY", "SECONDS", "Report", "Worker", "shared_worker"]

SECONDS = 3.0  # for all calls of one exercise; most take milliseconds
MEMORY = 2 * 2**30  # bytes of address space
GRACE_SECONDS = 1.5  # for the process to say itself where it stood when its time was over
START_SECONDS = 60.0
STUCK = re.compile(rf'File "{LEARNER}", line (\d+)')
HERE = Path(__file__).parent


@dataclass
class Report:
    """What came back from one job.

    Attributes
    ----------
    loaded : dict or None
        What the file defines; None when it could not be run to its end.
    unloaded : dict or None
        What went wrong while the file was run.
    answers : dict
        For each call that came to an end: ``value`` or ``error``, ``warnings``, ``changed``.
    done : bool
        Every call came to an end.
    timed_out : bool
        The process was ended by the clock.
    exit_code : int or None
        How the process ended by itself before it was done; negative: by that signal.
    line : int or None
        The learner's line at that moment, where it is known.
    printed : str
        What the learner printed.
    """

    loaded: dict[str, Any] | None = None
    unloaded: dict[str, Any] | None = None
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    done: bool = False
    timed_out: bool = False
    exit_code: int | None = None
    line: int | None = None
    printed: str = ""


class Worker:
    """A process that waits with NumPy imported, for one learner's files.

    Between two learners it has to be closed, so that none can meddle with the other's.

    Parameters
    ----------
    fork : bool, optional
        One process imports NumPy, and each job runs in a child of it; by default on Linux. Else each
        job gets a process that was started ahead.

    Examples
    --------
    >>> with Worker() as worker:
    ...     report = worker.run("def double(x): return 2 * x",
    ...                         [{"function": "double", "inputs": {"x": 4}, "seed": 0}])
    >>> report.answers[0]["value"]
    8
    """

    def __init__(self, fork: bool | None = None) -> None:
        self._fork = sys.platform.startswith("linux") if fork is None else fork
        self._ready = False
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._last_words: BinaryIO | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def warm(self) -> None:
        """Have the process ready, so that the first job does not wait for it."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        if not self._ready:
            self._await()

    def run(
        self, source: str, calls: list[dict[str, Any]], seconds: float = SECONDS, memory: int = MEMORY
    ) -> Report:
        """Run a learner's file and make the calls.

        Parameters
        ----------
        source : str
            The file's text.
        calls : list of dict
            Each with ``function``, ``inputs`` (in order), ``seed``, perhaps ``drive``.
        seconds : float
            For all of it, after which the process is ended.
        memory : int
            Bytes of address space.
        """
        with self._lock:
            self.warm()
            report = Report()
            self._forget_last_words()
            job = {"source": source, "calls": calls, "seconds": seconds, "memory": memory}
            try:
                assert self._process is not None and self._process.stdin is not None
                self._process.stdin.write(wire.pack(job))
                self._process.stdin.flush()
                self._collect(report, time.monotonic() + seconds + GRACE_SECONDS)
            except OSError:  # it is gone before it could read
                report.exit_code = -1
            whole = report.done or report.unloaded is not None
            if not whole:
                self._explain_end(report)
            if not whole or not self._fork:
                self.close()
            if not self._fork:
                self._start()
            return report

    def close(self) -> None:
        """End the process and remove its folder."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        if self._last_words is not None:
            self._last_words.close()
            self._last_words = None
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="glassnet-learn-")
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115
        self._ready = False
        setup = {"path": _packages(), "folder": self._folder.name, "hidden": [str(HERE)], "fork": self._fork}
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-S",
                "-X",
                "utf8",
                str(HERE / "worker" / "__main__.py"),
                json.dumps(setup),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._last_words,
            cwd=self._folder.name,
            env=_environment(self._folder.name),
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._frames = queue.Queue()
        threading.Thread(target=_read, args=(self._process.stdout, self._frames), daemon=True).start()

    def _await(self) -> None:
        try:
            self._ready = self._next(time.monotonic() + START_SECONDS) is not None
        except queue.Empty:
            self._ready = False
        if not self._ready:
            assert self._last_words is not None
            self._last_words.seek(0)
            words = self._last_words.read(2000).decode(errors="replace")
            self.close()
            raise RuntimeError(f"the process for learners' files does not start: {words}")

    def _next(self, deadline: float) -> dict[str, Any] | None:
        return self._frames.get(timeout=max(0.0, deadline - time.monotonic()))

    def _collect(self, report: Report, deadline: float) -> None:
        while True:
            try:
                frame = self._next(deadline)
            except queue.Empty:
                report.timed_out = True
                return
            if frame is None or "ended" in frame:
                report.exit_code = frame["ended"] if frame else self._exit_code()
                return
            if "loaded" in frame:
                report.loaded = frame["loaded"]
            elif "unloaded" in frame:
                report.unloaded, report.printed = frame["unloaded"], str(frame.get("printed", ""))
            elif "call" in frame:
                report.answers[frame["call"]] = frame
            elif "done" in frame:
                report.done, report.printed = True, str(frame.get("printed", ""))

    def _exit_code(self) -> int | None:
        assert self._process is not None
        try:
            return self._process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def _forget_last_words(self) -> None:
        assert self._last_words is not None
        self._last_words.seek(0)
        self._last_words.truncate()

    def _explain_end(self, report: Report) -> None:
        assert self._last_words is not None
        self._last_words.seek(0)
        words = self._last_words.read(20_000).decode(errors="replace")
        report.timed_out |= words.startswith("Timeout") or report.exit_code == -getattr(signal, "SIGXCPU", 0)
        lines = STUCK.findall(words)
        report.line = int(lines[0]) if lines else None


def _read(stream: BinaryIO, frames: "queue.Queue[dict[str, Any] | None]") -> None:
    with contextlib.suppress(wire.WireError, OSError, ValueError):
        while (frame := wire.read_frame(stream)) is not None:
            frames.put(frame)
    frames.put(None)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _packages() -> list[str]:
    """Where NumPy and the standard library are; not the folder of glassnet's own source."""
    source = HERE.parents[1]
    return [folder for folder in sys.path if folder and Path(folder).exists() and Path(folder) != source]


def _environment(folder: str) -> dict[str, str]:
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"), folder)
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LANG") if name in os.environ}
    return {**system, **places, **one_thread, "MPLBACKEND": "Agg"}


_shared: Worker | None = None


def shared_worker() -> Worker:
    """The one worker of this process, for one learner; ended when Python ends."""
    global _shared
    if _shared is None:
        _shared = Worker()
        atexit.register(_shared.close)
    return _shared
