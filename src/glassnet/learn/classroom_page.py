"""A class on one self-contained HTML page."""

from html import escape
from pathlib import Path

from glassnet.files import atomic_path
from glassnet.learn.classroom import Mistake, Pupil, SchoolClass
from glassnet.learn.course import Standing
from glassnet.learn.exercises import all_exercises
from glassnet.learn.verdict import Status

__all__ = ["class_page", "write_class_page"]

SIGNS = {Status.RIGHT: "✓", Status.UNSTARTED: "·"}
MAX_MISTAKES = 20

STYLE = """
:root { color-scheme: light dark; --line: #8886; --right: #1a7f37; --wrong: #b35900; }
@media (prefers-color-scheme: dark) { :root { --right: #4ac26b; --wrong: #f0a050; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: center; }
th:first-child, td:first-child { text-align: left; white-space: nowrap; }
thead th { vertical-align: bottom; font-weight: 500; }
thead th span { writing-mode: vertical-rl; transform: rotate(180deg); }
.right { color: var(--right); } .wrong { color: var(--wrong); }
li { margin: .5rem 0; }
"""


def class_page(marked: SchoolClass, title: str) -> str:
    """The page as text.

    Parameters
    ----------
    marked : SchoolClass
    title : str
        What stands at its top: the class's folder.
    """
    head = "".join(f"<th scope='col'><span>{escape(each.title)}</span></th>" for each in all_exercises())
    rows = "".join(map(_row, marked.pupils))
    return (
        "<!doctype html>\n<html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<h1>{escape(title)}</h1>"
        f"<p>{len(marked.pupils)} pupils. ✓ right, ✗ not yet (point at it for what was found), "
        "· not started, empty: no file.</p>"
        f"<div class='scroll' tabindex='0' role='region' aria-label='Who solved what'><table><thead><tr>"
        f"<th scope='col'>pupil</th>{head}<th scope='col'>solved</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
        f"<h2>Commonest mistakes</h2>{_mistakes(marked.mistakes()[:MAX_MISTAKES])}"
        f"<h2>Equal files</h2>{_equal(marked.equal_files())}</html>\n"
    )


def write_class_page(marked: SchoolClass, title: str, path: Path) -> None:
    """Write :func:`class_page`, whole or not at all."""
    with atomic_path(path) as temporary:
        temporary.write_text(class_page(marked, title), encoding="utf-8")


def _row(pupil: Pupil) -> str:
    cells = "".join(map(_cell, pupil.standings.values()))
    return f"<tr><th scope='row'>{escape(pupil.name)}</th>{cells}<td>{pupil.solved}</td></tr>"


def _cell(standing: Standing) -> str:
    verdict = standing.verdict
    if verdict is None:
        return "<td></td>"
    kind = "right" if verdict.right else "" if verdict.status is Status.UNSTARTED else "wrong"
    sign = SIGNS.get(verdict.status, "✗")
    return f"<td class='{kind}' title='{escape(verdict.title, quote=True)}'>{sign}</td>"


def _mistakes(mistakes: list[Mistake]) -> str:
    if not mistakes:
        return "<p>None was found.</p>"
    items = "".join(
        f"<li><b>{escape(each.exercise)}</b>: {escape(each.title)} "
        f"({len(each.pupils)}: {escape(', '.join(each.pupils))})</li>"
        for each in mistakes
    )
    return f"<ol>{items}</ol>"


def _equal(equal: list[tuple[str, tuple[str, ...]]]) -> str:
    if not equal:
        return "<p>No two pupils have the same code.</p>"
    items = "".join(f"<li><b>{escape(name)}</b>: {escape(', '.join(who))}</li>" for name, who in equal)
    return f"<p>The same code, comments and spaces aside; short exercises have few ways.</p><ul>{items}</ul>"
