"""The loop of the learner's process: read a job, do it, be gone.

Where the system can fork, the first process imports NumPy once and each job runs in a child of it; elsewhere
a process does one job, and the marker starts the next one ahead.
"""

import builtins
import contextlib
import faulthandler
import gc
import io
import os
import shutil
import sys
import tempfile
from typing import Any

import numpy as np  # noqa: F401  (imported once, here, and not once for each job)

from . import calls, guard, wire

__all__ = ["main"]

NO_MORE = 86  # the child's exit code when the marker has closed the pipe
MOST_PRINTED = 20_000
really_exit = os._exit


class Printed(io.StringIO):
    """What a learner prints, up to a length."""

    def write(self, text: str) -> int:
        if self.tell() < MOST_PRINTED:
            super().write(text[:MOST_PRINTED])
        return len(text)


def main(settings: dict[str, Any]) -> None:
    """Serve until the marker closes the pipe."""
    jobs, channel = os.dup(0), os.dup(1)
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    _write(channel, {"ready": os.getpid()})
    gc.collect()
    gc.freeze()
    if not settings["fork"]:
        _serve(jobs, channel, settings)
        return
    while True:
        child = os.fork()
        if child == 0:
            code = 1
            with contextlib.suppress(BaseException):
                code = 0 if _serve(jobs, channel, settings) else NO_MORE
            really_exit(code)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == NO_MORE:
            return
        _write(channel, {"ended": code})


def _serve(jobs: int, channel: int, settings: dict[str, Any]) -> bool:
    with os.fdopen(jobs, "rb", buffering=0, closefd=False) as stream:
        job = wire.read_frame(stream)
    if job is None:
        return False
    own = tempfile.mkdtemp(dir=settings["folder"])
    try:
        os.chdir(own)
        tempfile.tempdir = own
        _do(job, channel, settings, own)
    finally:
        with contextlib.suppress(Exception):
            shutil.rmtree(own, ignore_errors=True)
    return True


def _do(job: dict[str, Any], channel: int, settings: dict[str, Any], own: str) -> None:
    printed = Printed()
    sys.stdout = sys.stderr = printed
    builtins.input = _no_input
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # site, which makes them, is not imported
    faulthandler.enable(file=2)
    faulthandler.dump_traceback_later(job["seconds"], exit=True, file=2)
    guard.limit(job["seconds"], job["memory"])
    guard.guard(own, settings["hidden"])
    source = job["source"]
    try:
        names = calls.load(source)
    except BaseException as error:
        _write(channel, {"unloaded": calls.describe(error, source), "printed": printed.getvalue()})
        return
    _write(channel, {"loaded": calls.inventory(names)})
    for number, call in enumerate(job["calls"]):
        if call["function"] in names:
            answer = calls.perform(names, call, source)
            try:
                _write(channel, {"call": number, **answer})
            except RecursionError:  # a list that holds itself
                _write(channel, {"call": number, "value": wire.Unknown("list without end")})
    _write(channel, {"done": True, "printed": printed.getvalue()})


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() waits for a keyboard, and there is none")


def _write(channel: int, message: dict[str, Any]) -> None:
    data = memoryview(wire.pack(message))
    while data:
        data = data[os.write(channel, data) :]
