"""``glassnet doctor``: what is wrong with a training, in plain words."""

from typing import TYPE_CHECKING

from glassnet.cli.columns import WIDTH
from glassnet.cli.options import AsJson, DataDir, RunArgument

if TYPE_CHECKING:
    from glassnet.doctor import Finding
    from glassnet.recipe import Run

__all__ = ["doctor", "remarks"]

MARKS = {"serious": "!!", "warning": " !", "note": "  "}


def doctor(
    run: RunArgument,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a training.

    A rate too high or too low, dead or saturated units, gradients that vanish or explode, inputs that are
    not scaled, labels that do not match, overfitting, a network that is too small, classes that are
    missing or rare, duplicates; each with the evidence and what to try. It also looks at runs that
    diverged.

    Example:
      glassnet doctor runs/quick
    """
    import json

    from glassnet.doctor import diagnose, open_case

    case = open_case(run, data_dir)
    findings = diagnose(case)
    if as_json:
        content = {"run": str(run), "findings": [finding.to_dict() for finding in findings]}
        print(json.dumps(content, indent=2, ensure_ascii=False))
        return
    if not case.finished and not case.diverged:
        print(f"{run}: the training was interrupted; only its data and what it recorded were looked at.\n")
    if not findings:
        print(f"{run}: nothing is wrong that the doctor knows of.")
    for number, finding in enumerate(findings):
        print("\n" * (number > 0) + "\n".join(_lines(finding)))


def remarks(result: "Run") -> list[str]:
    """A line for each serious finding on a run that just ended."""
    from glassnet.doctor import diagnose

    titles = [finding.title for finding in diagnose(result) if finding.severity == "serious"]
    return [f"The doctor says: {title}. See: glassnet doctor {result.folder.path}" for title in titles]


def _lines(finding: "Finding") -> list[str]:
    import textwrap

    lines = [f"{MARKS[finding.severity]} {finding.title} ({finding.severity})"]
    for text in (finding.evidence, f"What to try: {finding.advice}"):
        lines += textwrap.wrap(text, WIDTH, initial_indent="   ", subsequent_indent="   ")
    return lines
