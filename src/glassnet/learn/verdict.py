"""What the marker says."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

__all__ = ["Example", "Status", "Verdict", "shown"]

MOST_PRINTED_LINES = 8


class Status(StrEnum):
    """How a solution stands.

    ``RIGHT``; ``NAMED``: wrong, and what is wrong is known from the numbers; ``CLUE``: wrong, and something
    certain can be said; ``WRONG``: wrong, and only the smallest failing input can be shown; ``STOPPED``: it
    did not come to an end, or gave nothing that can be compared; ``UNSTARTED``: still as it was handed out.
    """

    RIGHT = "right"
    NAMED = "named"
    CLUE = "clue"
    WRONG = "wrong"
    STOPPED = "stopped"
    UNSTARTED = "unstarted"


@dataclass(frozen=True)
class Example:
    """The smallest input that shows a mistake, with the learner's result beside the expected one."""

    inputs: dict[str, str]
    output: str
    got: str
    expected: str
    where: str = ""
    about: str = ""

    def text(self) -> str:
        """As indented lines."""
        lines = [_labelled(f"{name} = ", value) for name, value in self.inputs.items()]
        head = f"With {self.about}" if self.about else "For example"
        result = [
            _labelled(f"{self.output}, yours:     ", self.got),
            _labelled(f"{self.output}, expected:  ", self.expected),
        ]
        where = [self.where] if self.where else []
        return "\n".join(
            [f"{head}:", *("  " + line.replace("\n", "\n  ") for line in [*lines, *result, *where])]
        )


@dataclass(frozen=True)
class Verdict:
    """What is said of one solution.

    Attributes
    ----------
    exercise, file, function : str
        What was marked: the exercise's name, the learner's file, the function (empty: the whole file).
    status : Status
    title : str
        In a few words.
    words : str
        One to three plain sentences.
    maths : str
        The line of mathematics that is broken.
    example : Example or None
        The smallest input that shows it.
    question : str
        A question that leads on.
    names : tuple of str
        Keys of what was recognised: twins, or kinds of relations.
    evidence : tuple of str
        What it is read from.
    remarks : tuple of str
        What is not wrong and worth knowing.
    line : int or None
        The learner's line, where one is known.
    traceback : tuple of str
        The learner's lines on the way to an error.
    samples : str
        "columns" where the solution is right with samples in columns.
    printed : str
        What the code printed.
    seconds : float
        How long marking took.
    """

    exercise: str
    file: str
    status: Status
    title: str
    function: str = ""
    words: str = ""
    maths: str = ""
    example: Example | None = None
    question: str = ""
    names: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    line: int | None = None
    traceback: tuple[str, ...] = ()
    samples: str = ""
    printed: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def right(self) -> bool:
        """Whether the exercise is solved."""
        return self.status is Status.RIGHT

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    def to_json(self) -> str:
        """One line of JSON, for editors."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def text(self) -> str:
        """As it stands in a terminal."""
        mark = {Status.RIGHT: "✓", Status.UNSTARTED: "·"}.get(self.status, "✗")
        place = f"{self.file}:{self.line}" if self.line else self.file
        blocks = [f"{mark} {place}: {self.title}", self.words]
        blocks.append("\n".join(f"  {line}" for line in self.traceback))
        blocks.append(f"The line of mathematics:\n  {self.maths}" if self.maths else "")
        blocks.append(self.example.text() if self.example else "")
        blocks.append(f"→ {self.question}" if self.question else "")
        blocks += [f"Remark: {remark}" for remark in self.remarks]
        lines = self.printed.splitlines()
        if lines and not self.right:
            more = (
                [f"… {len(lines) - MOST_PRINTED_LINES} more lines"] if len(lines) > MOST_PRINTED_LINES else []
            )
            blocks.append(
                "Your code printed:\n" + "\n".join(f"  {line}" for line in lines[:MOST_PRINTED_LINES] + more)
            )
        return "\n\n".join(block for block in blocks if block)


def shown(value: Any) -> str:
    """A value as it stands in an example: few digits, no wrapping beyond a line of a terminal.

    >>> shown(np.array([[0.25, -1.0]])), shown(0.1 + 0.2), shown(np.float32(2))
    ('[[ 0.25 -1.  ]]', '0.3', '2')
    """
    if isinstance(value, (np.ndarray, list)) and np.ndim(value):
        array = np.asarray(value)
        array = array + 0.0 if array.dtype.kind == "f" else array  # no −0
        return np.array2string(
            array, precision=4, suppress_small=_plain(array), max_line_width=76, threshold=60, edgeitems=3
        )
    if isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return f"{float(value):.6g}"
    return str(value)[:200]


def _plain(array: np.ndarray) -> bool:
    """Whether the numbers can be written without powers of ten."""
    largest = np.max(np.abs(array[np.isfinite(array)]), initial=0.0) if array.dtype.kind == "f" else 0.0
    return bool(1e-2 <= largest < 1e4)


def _labelled(label: str, value: str) -> str:
    return label + value.replace("\n", "\n" + " " * len(label))
