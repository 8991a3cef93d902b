"""``glassnet learn``: exercises that say what is wrong with the network that you write yourself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import AsJson, out_option
from glassnet.errors import DataError

if TYPE_CHECKING:
    from glassnet.learn import Course, Standing

__all__ = ["ALL_SOLVED", "app"]

FOLDER = Path("exercises")
ALL_SOLVED = "All exercises are solved. That is your own network."

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", "-f", metavar="DIR", help="Your exercises; by default this folder, or exercises in it."
    ),
]
Name = Annotated[
    str | None, typer.Argument(metavar="EXERCISE", help="Its name or number; by default the next one.")
]


@app.callback()
def learn(context: typer.Context, folder: Folder = None, as_json: AsJson = False) -> None:
    """Write the network yourself, and be told what is wrong with it.

    Small files, one function each, from pixels to a network that trains. The marker runs your code in a
    separate process and names the mistake, with your number beside the expected one. Without a
    subcommand it marks the next unsolved exercise.

    Examples
    --------
      glassnet learn start
      glassnet learn
      glassnet learn watch
      glassnet learn hint
      glassnet learn mark class_7b --html class_7b.html
    """
    context.obj = folder
    if context.invoked_subcommand is None:
        _mark(_course(folder), None, as_json)


@app.command()
def start(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to put the files.")] = FOLDER,
) -> None:
    """Write the exercise files; existing ones stay as they are."""
    from glassnet.learn import Course

    course = Course(folder)
    written = course.start()
    print(f"{len(written)} files written to {folder}." if written else f"{folder} has every file already.")
    found = course.next()
    if found is not None and found.path is not None:
        print(f"Open {found.path} in your editor, then: glassnet learn --folder {folder}")


@app.command()
def check(context: typer.Context, name: Name = None, folder: Folder = None, as_json: AsJson = False) -> None:
    """Mark one exercise; exit code 0 only when it is right."""
    _mark(_course(folder or context.obj), name, as_json)


@app.command("list")
def list_exercises(context: typer.Context, folder: Folder = None, as_json: AsJson = False) -> None:
    """List all exercises and how each stands."""
    import json

    course = _course(folder or context.obj)
    standings = []
    for number, standing in enumerate(course.standings(), start=1):
        standings.append(standing)
        if as_json:
            print(json.dumps(_as_dict(number, standing), ensure_ascii=False))
        else:
            print(f"{_sign(standing)} {number:2d}  {standing.exercise.name:<24}{standing.exercise.title}")
    solved = sum(standing.solved for standing in standings)
    if not as_json:
        filled = 30 * solved // len(standings)
        print(f"\n[{'█' * filled}{'░' * (30 - filled)}] {solved} of {len(standings)}")
    raise typer.Exit(0 if solved == len(standings) else 1)


@app.command()
def hint(context: typer.Context, name: Name = None, folder: Folder = None) -> None:
    """Give a hint; each of the three says a little more."""
    from glassnet.learn import load_exercise
    from glassnet.learn.hints import next_hint

    course = _course(folder or context.obj)
    chosen = _chosen(course, name)
    if chosen is None:
        print("All exercises are solved.")
        return
    exercise = load_exercise(chosen)
    number, text = next_hint(course.folder, exercise)
    print(f"{exercise.title}, hint {number} of {len(exercise.hints)}: {text}")


@app.command()
def solution(
    context: typer.Context,
    name: Name = None,
    folder: Folder = None,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it anyway.")] = False,
) -> None:
    """Show a solution, once yours is right or you give up."""
    from glassnet.learn import load_exercise

    course = _course(folder or context.obj)
    chosen = _chosen(course, name)
    if chosen is None:
        raise DataError("All exercises are solved. Name one: glassnet learn solution EXERCISE")
    if not (give_up or course.mark(chosen).solved):
        raise DataError(
            f"{chosen} is not solved yet. Ask for a hint (glassnet learn hint {chosen}), or give up: "
            f"glassnet learn solution {chosen} --give-up"
        )
    exercise = load_exercise(chosen)
    print(f"{exercise.solution.rstrip()}\n\n# {exercise.why}")


@app.command()
def watch(context: typer.Context, folder: Folder = None, as_json: AsJson = False) -> None:
    """Mark each file as you save it. Enter: next exercise, h: hint, q: quit."""
    from glassnet.cli.learn_watch import watch_course

    watch_course(_course(folder or context.obj), ALL_SOLVED, as_json)


@app.command()
def mark(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with one folder per pupil.")],
    out: Annotated[
        Path | None, out_option("The table; by default FOLDER.csv.", "--csv", metavar="FILE")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The page; by default FOLDER.html.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Pupils marked at once; by default one per core.")
    ] = None,
) -> None:
    """Mark a class: who solved what, and which mistakes are most common."""
    import sys

    from glassnet.learn.classroom import SchoolClass, mark_class
    from glassnet.learn.classroom_page import write_class_page

    place = folder.resolve()
    table, page = out or place.with_suffix(".csv"), html or place.with_suffix(".html")
    for done, everybody, found in mark_class(folder, jobs):
        if isinstance(found, SchoolClass):
            found.to_csv(table)
            write_class_page(found, place.name, page)
            for mistake in found.mistakes()[:5]:
                print(f"{len(mistake.pupils):3d} × {mistake.exercise}: {mistake.title}")
            print(f"{table}\n{page}")
        else:
            print(f"{done}/{everybody}  {found.name}: {found.solved} solved", file=sys.stderr)


def _course(folder: Path | None) -> "Course":
    """The folder that was named, the one that one stands in, or the one that ``start`` makes by itself."""
    from glassnet.learn import ORDER, Course

    for place in (folder,) if folder is not None else (Path(), FOLDER):
        course = Course(place)
        if any(course.file(name) is not None for name in ORDER):
            return course
    where = f"in {folder}" if folder else "here, nor in the folder exercises"
    raise DataError(f"There are no exercises {where}. Lay them out: glassnet learn start")


def _chosen(course: "Course", name: str | None) -> str | None:
    """The exercise that a learner means: by name, number or file; without, the next one; None: all solved."""
    from glassnet.learn import ORDER, load_exercise

    if name is None:
        found = course.next()
        return None if found is None else found.exercise.name
    word = Path(name).stem
    number, _, rest = word.partition("_")
    if number.isdigit():
        if rest in ORDER:
            return rest
        if not rest and 1 <= int(number) <= len(ORDER):
            return ORDER[int(number) - 1]
    return load_exercise(word).name


def _mark(course: "Course", name: str | None, as_json: bool) -> None:
    chosen = _chosen(course, name)
    if chosen is None:
        print('{"solved": "all"}' if as_json else ALL_SOLVED)
        return
    standing = course.mark(chosen)
    if standing.verdict is None:
        raise DataError(
            f"There is no file for {chosen} in {course.folder}. "
            f"Lay it out again: glassnet learn start {course.folder}"
        )
    print(standing.verdict.to_json() if as_json else standing.verdict.text())
    raise typer.Exit(0 if standing.solved else 1)


def _sign(standing: "Standing") -> str:
    if standing.verdict is None:
        return " "
    return {"right": "✓", "unstarted": "·"}.get(standing.verdict.status, "✗")


def _as_dict(number: int, standing: "Standing") -> dict[str, object]:
    return {
        "number": number,
        "exercise": standing.exercise.name,
        "title": standing.exercise.title,
        "file": None if standing.path is None else str(standing.path),
        "verdict": None if standing.verdict is None else standing.verdict.to_dict(),
    }
