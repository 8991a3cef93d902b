"""``glassnet``: the program, and what it does with errors."""

import inspect
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from glassnet.cli import learn
from glassnet.cli.blas import choose_kernels, choose_threads, kernels
from glassnet.cli.check import check
from glassnet.cli.data import data
from glassnet.cli.doctor import doctor
from glassnet.cli.evaluate import evaluate
from glassnet.cli.explain import explain
from glassnet.cli.export import export
from glassnet.cli.play import play
from glassnet.cli.plot import plot
from glassnet.cli.predict import predict
from glassnet.cli.recipe_words import RecipeCommand
from glassnet.cli.recipes import recipes
from glassnet.cli.report import report
from glassnet.cli.submit import submit
from glassnet.cli.teach import teach
from glassnet.cli.train import train
from glassnet.errors import GlassnetError
from glassnet.version import __version__

__all__ = ["app", "main"]

# Plain help: it keeps the examples as they are written, and it answers in half the time.
app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _help(text: str) -> str:
    """A docstring as help, whose indented examples stay as they are written: for Click, after a backspace."""
    text = re.sub(r"^(Examples?)\n-+$", r"\1:", inspect.cleandoc(text), flags=re.MULTILINE)
    return "\n\n".join("\b\n" + part if "\n  " in part else part for part in text.split("\n\n"))


COMMANDS = (
    train, evaluate, predict, teach, submit, explain, plot, report, doctor, play, export,
    recipes, data, check,
)  # fmt: skip
for command in COMMANDS:
    kind = RecipeCommand if command is train else None
    app.command(cls=kind, help=_help(command.__doc__ or ""))(command)

app.add_typer(learn.app, name="learn", help=_help(learn.learn.__doc__ or ""))
for subcommand in learn.app.registered_commands:
    assert subcommand.callback is not None  # each is a function
    subcommand.help = _help(subcommand.callback.__doc__ or "")

# These and --threads N may stand anywhere on the line, also behind the command.
EVERYWHERE = ("--debug", "--verbose")
TRAINING = ("train", "teach", "play")


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"glassnet {__version__}")
        raise typer.Exit


def _program(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say which matrix kernels are used.")] = False,
    threads: Annotated[
        int | None,
        typer.Option(
            "--threads", min=1, metavar="N", help="Threads for matrix products; by default as many as help."
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A neural network that you can see through: train it, look at it, let it read digits.

    Start with:
      glassnet train                          the bundled 8×8 digits, offline, in seconds
      glassnet train mnist --recipe quick     98 % on MNIST in about a second of training
      glassnet evaluate runs/quick            how good it is, digit by digit
    """
    context.obj = choose_threads(threads, trains=context.invoked_subcommand in TRAINING)
    if verbose:
        print(kernels(), file=sys.stderr)


app.callback(no_args_is_help=True, help=_help(_program.__doc__ or ""))(_program)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0: done. 1: a gradient check failed. 2: an error that the user can put right, in one or two lines
    on stderr. 130: interrupted by Ctrl-C.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those that the program was started with.
    """
    choose_kernels()
    line = list(sys.argv[1:] if arguments is None else arguments)
    front, rest = _taken_to_the_front(line)
    line = front + rest
    try:
        app(args=line, prog_name="glassnet")
    except (GlassnetError, MemoryError, OSError) as error:
        if "--debug" in front:
            traceback.print_exc()
        print(f"glassnet: {_sentence(error)}", file=sys.stderr)
        sys.exit(2)


def _taken_to_the_front(line: list[str]) -> tuple[list[str], list[str]]:
    """The options of the program, wherever they stand, and the rest of the line."""
    end = line.index("--") if "--" in line else len(line)
    front, rest, words = [], [], iter(line[:end])
    for word in words:
        if word in EVERYWHERE or word.startswith("--threads="):
            front.append(word)
        elif word == "--threads":
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        else:
            rest.append(word)
    return front, rest + line[end:]


def _sentence(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return f"there is not enough memory ({error}). Take fewer samples or a smaller network."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return str(error)
