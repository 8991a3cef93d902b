"""The figures as a table, and that table inside docs/doctor.md."""

from tools.figures import filled

from benchmarks.doctor import scores
from benchmarks.doctor.faults import FAULTS
from benchmarks.doctor.settings import SETTINGS

BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"
HALVES = ("development", "held-out")


def text(rows):
    """Everything as Markdown."""
    halves = [half for half in HALVES if any(row["half"] == half for row in rows)]
    of_half = {half: [row for row in rows if row["half"] == half] for half in halves}
    return "\n".join([*_summary(of_half), "", *_faults(of_half), "", *_findings(of_half)]) + "\n"


def figures(rows):
    """The figures that pages name."""
    of_half = {half: scores.whole([row for row in rows if row["half"] == half]) for half in HALVES}
    return {
        "faults": len(FAULTS),
        "settings": len(SETTINGS),
        "trainings": len(rows),
        **{half.replace("-", "_"): figures for half, figures in of_half.items()},
    }


def write(rows, path):
    """Put the table between its marks, and the figures at theirs."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page = f"{before}{BEGIN}\n\n{text(rows)}\n{END}{after}"
    path.write_text(filled(page, {"doctor": figures(rows)}), encoding="utf-8")


def _line(cells):
    return f"| {' | '.join(cells)} |"


def _head(first, of_half):
    return [_line([first, *of_half]), _line(["---", *["---:"] * len(of_half)])]


def _summary(of_half):
    figures = [scores.whole(rows) for rows in of_half.values()]
    yield from _head("", of_half)
    yield _line(["trainings with a fault that did harm", *(f"{f['faulty']:,}" for f in figures)])
    yield _line(["its cause is the first thing said (recall)", *(f"{f['recall']:.1%}" for f in figures)])
    yield _line(
        ["findings that are true (precision)", *(f"{f['precision']:.1%} of {f['named']:,}" for f in figures)]
    )
    yield _line(["healthy trainings", *(f"{f['healthy']:,}" for f in figures)])
    yield _line(["of which something is said (false alarms)", *(f"{f['false_alarms']:.1%}" for f in figures)])
    yield _line(["trainings that ended near chance", *(f"{f['near_chance']:,}" for f in figures)])
    yield _line(["of which nothing is said", *(f"{f['silent_near_chance']:,}" for f in figures)])
    yield _line(["time of one diagnosis", *(f"{1000 * f['seconds']:.0f} ms" for f in figures)])


def _faults(of_half):
    yield from _head("fault (runs that it harmed): first thing said, said at all", of_half)
    for fault in FAULTS.values():
        cells = []
        for rows in of_half.values():
            n, first, anywhere, _ = scores.of_fault(rows, fault.name)
            cells.append(f"{first:.0%}, {anywhere:.0%} of {n}" if n else "–")
        yield _line([f"{fault.words}", *cells])


def _findings(of_half):
    yield from _head("finding: how often it was true", of_half)
    found = [scores.of_findings(rows) for rows in of_half.values()]
    for kind in sorted(set().union(*found)):
        yield _line(
            [f"`{kind}`", *(f"{f[kind][1]:.0%} of {f[kind][0]}" if kind in f else "–" for f in found)]
        )
