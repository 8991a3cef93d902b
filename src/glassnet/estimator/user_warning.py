"""Warnings that point at the line of whoever called an estimator."""

from __future__ import annotations

import inspect
import warnings
from pathlib import Path

__all__ = ["warn_user"]

HERE = str(Path(__file__).parent)


def warn_user(message: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the innermost line outside this package (from Python 3.12 on: ``skip_file_prefixes``)."""
    frame, level = inspect.currentframe(), 1
    while frame is not None and frame.f_code.co_filename.startswith(HERE):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)
