"""What explains wrong numbers, and the sentences in which it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from glassnet.learn.exercise import Twin
from glassnet.learn.judging.alterations import Alteration
from glassnet.learn.judging.clues import Clue
from glassnet.learn.judging.mutants import WORDS, Mutant

__all__ = ["Finding", "alteration", "besides", "both", "cover", "noted", "of_clue", "of_twin", "slip"]


@dataclass(frozen=True)
class Finding:
    """What explains some of the wrong outputs.

    Attributes
    ----------
    names : tuple of str
        Twins' names, "slip: kind", "one step more", or a relation's name.
    title, says, asks, breaks : str
        As in a ``Twin``.
    outputs : tuple of str
        What it explains.
    strong : bool
        It explains these numbers completely.
    """

    names: tuple[str, ...]
    title: str
    says: str
    asks: str
    outputs: tuple[str, ...]
    breaks: str = ""
    strong: bool = True


def of_twin(twin: Twin, outputs: Sequence[str]) -> Finding:
    """A mistake that has a name."""
    return Finding((twin.name,), twin.title, twin.says, twin.asks, tuple(outputs), twin.breaks)


def both(one: Twin, two: Twin, outputs: Sequence[str]) -> Finding:
    """Two of them at once."""
    return Finding(
        (one.name, two.name),
        f"two things at once: {one.title}; {two.title}",
        f"Your numbers are those of two mistakes together. {one.says} And: {two.says}",
        one.asks,
        tuple(outputs),
        one.breaks if one.breaks == two.breaks else f"{one.breaks}\n  {two.breaks}",
    )


def slip(mutant: Mutant, outputs: Sequence[str]) -> Finding:
    """One slip in the reference."""
    words, asks = WORDS[mutant.kind]
    told = " and ".join(outputs)
    how = {
        "line": f"when the line `{mutant.line}` is left out",
        "order": f"when `{mutant.line}` stands one line too early",
    }.get(mutant.kind, f"of the line `{mutant.line}`")
    says = f"The numbers of your {told} are exactly those that come out {how}."
    return Finding((f"slip: {mutant.kind}",), f"{told}: {words}", says, asks, tuple(outputs))


def alteration(altered: Alteration, outputs: Sequence[str]) -> Finding:
    """One step too many."""
    told = " and ".join(outputs)
    line = f" (`{altered.line}`)" if altered.line else ""
    return Finding(
        ("one step more",),
        altered.words if altered.words.startswith(f"{told} ") else f"{told}: {altered.words}",
        f"The numbers of your {told} are exactly those that come out when {altered.words}{line}.",
        "Which of your lines does that, and does the mathematics have such a step?",
        tuple(outputs),
    )


def besides(twin: Twin, finding: Finding) -> Finding:
    """A twin, and something on top of it."""
    return Finding(
        (twin.name, *finding.names),
        f"two things at once: {twin.title}; and {finding.title}",
        f"{twin.says} Besides, compared with that: {finding.says}",
        twin.asks,
        finding.outputs,
        twin.breaks,
    )


def of_clue(clue: Clue, output: str) -> Finding:
    """A relation to the right numbers."""
    return Finding((clue.name,), clue.title, clue.says, clue.asks, (output,), strong=clue.strong)


def noted(finding: Finding, about: str) -> Finding:
    """A finding that holds on ordinary inputs."""
    return replace(finding, says=f"{finding.says} With {about} something else is wrong as well.")


def cover(found: Sequence[tuple[set[str], Finding]], left: Sequence[str]) -> list[Finding]:
    """Few findings for many outputs; where several known mistakes explain one equally well, all are told."""
    chosen: list[Finding] = []
    open_ = set(left)
    while open_:
        best = max((len(explained & open_) for explained, _ in found), default=0)
        if best == 0:
            break
        equal = [
            (explained & open_, finding) for explained, finding in found if len(explained & open_) == best
        ]
        explained = equal[0][0]
        rivals = [finding for other, finding in equal if other == explained]
        outputs = tuple(name for name in left if name in explained)
        chosen.append(replace(_either(rivals[:3]), outputs=outputs))
        open_ -= explained
    return chosen


def _either(findings: list[Finding]) -> Finding:
    """Several findings with the same numbers: the claim that is true whichever it is."""
    first = findings[0]
    findings = [finding for finding in findings if finding.breaks]  # of what has no name, the first will do
    if not first.breaks or len(findings) == 1:
        return first
    return Finding(
        tuple(name for finding in findings for name in finding.names),
        " or ".join(finding.title for finding in findings),
        "Several mistakes give exactly these numbers. " + " Or: ".join(finding.says for finding in findings),
        first.asks,
        first.outputs,
        first.breaks,
    )
