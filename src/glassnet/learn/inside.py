"""Marking without a process of its own: for a notebook's functions, and for our own texts in the tests."""

import contextlib
import io
import sys
from collections.abc import Mapping
from typing import Any

from glassnet.learn.judging.outcome import fresh
from glassnet.learn.process import Report
from glassnet.learn.worker import calls

__all__ = ["run_functions", "run_here"]


def run_here(source: str, wanted: list[dict[str, Any]], seconds: float) -> Report:
    """As ``Worker.run``, in this process: nothing limits what ``source`` does."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            names = calls.load(source)
    except Exception as error:
        return Report(unloaded=calls.describe(error, source))
    return run_functions(names, wanted, source)


def run_functions(names: Mapping[str, Any], wanted: list[dict[str, Any]], source: str = "") -> Report:
    """Make the calls with functions that are there already.

    Parameters
    ----------
    names : mapping
        The functions (or classes) by the names that the exercise has for them.
    wanted : list of dict
        The calls.
    source : str
        Their text, where it is known, for the lines of errors.
    """
    report = Report(loaded=calls.inventory(dict(names)), done=True)
    report.loaded["defined"] = {**{name: {} for name in names}, **report.loaded["defined"]}  # type: ignore[index]
    keep = sys.stdout, sys.stderr
    printed = io.StringIO()
    sys.stdout = sys.stderr = printed
    try:
        for number, call in enumerate(wanted):
            if call["function"] in names:
                made = {**call, "inputs": fresh(call["inputs"])}
                report.answers[number] = calls.perform(dict(names), made, source)
    finally:
        sys.stdout, sys.stderr = keep
    report.printed = printed.getvalue()
    return report
