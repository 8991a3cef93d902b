"""What other programs take as options, ``--epochs 5``, answered with the ``--set`` that does it."""

import difflib
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typer.core import TyperCommand

from glassnet.errors import RecipeError

__all__ = ["RecipeCommand", "as_settings", "key_of"]

# What people call it elsewhere. Whatever a recipe's key is called itself needs no line here.
ELSEWHERE = {
    "lr": "optimizer.learning_rate",
    "optimizer": "optimizer.name",
    "optim": "optimizer.name",
    "scheduler": "optimizer.schedule",
    "wd": "optimizer.weight_decay",
    "batch": "training.batch_size",
    "num_epochs": "training.epochs",
    "max_epochs": "training.epochs",
    "early_stopping": "training.patience",
    "layers": "network.hidden",
    "units": "network.hidden",
    "hidden_size": "network.hidden",
    "hidden_layers": "network.hidden",
    "hidden_layer_sizes": "network.hidden",
    "val_split": "data.validation",
    "validation_split": "data.validation",
    "test_size": "data.test",
    "random_state": "seed",
}
VALUES = {"sgd": "gradient_descent"}


class RecipeCommand(TyperCommand):
    """A command that knows the words for a recipe's keys, and says how they are set."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Look at options that it does not have, before they are refused."""
        known = {name: not getattr(param, "is_flag", False) for param in self.params for name in param.opts}
        if changed := as_settings(args, known):
            foreign, line = changed
            raise RecipeError(
                f"There is no option {' or '.join(foreign)}; what a recipe says is set with --set:\n"
                f"  {ctx.command_path} {shlex.join(line)}"
            )
        return super().parse_args(ctx, args)


def as_settings(words: Sequence[str], options: Mapping[str, bool]) -> tuple[list[str], list[str]] | None:
    """Rewrite the options of a line that mean keys of a recipe.

    Parameters
    ----------
    words : sequence of str
        What stands behind the command.
    options : mapping of str to bool
        The options that there are; whether each takes a value.

    Returns
    -------
    tuple or None
        The options that there are not, and the line as it should be; None where there is none of them.

    Examples
    --------
    >>> as_settings(["mnist", "--epochs", "5", "--lr=0.1"], {})
    (['--epochs', '--lr'], ['mnist', '--set', 'training.epochs=5', '--set', 'optimizer.learning_rate=0.1'])
    """
    foreign: list[str] = []
    line: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            line += [word, *rest]
            break
        if name in options or not name.startswith("-") or (key := key_of(name, options)) is None:
            line.append(word)
            if options.get(name) and not equals and rest:
                line.append(rest.pop(0))
            continue
        foreign.append(name)
        if not equals:
            value = rest.pop(0) if rest and not rest[0].startswith("-") else "true"
        line += ["--set", f"{key}={VALUES.get(value, value)}"]
    return (foreign, line) if foreign else None


def key_of(option: str, options: Iterable[str] = ()) -> str | None:
    """The recipe's key that an option means: by its own name, by another one, or by a near one.

    Parameters
    ----------
    option : str
    options : iterable of str
        Options that there are; where one of these is nearer, no key is meant.

    Examples
    --------
    >>> key_of("--batch-size"), key_of("--epoch"), key_of("--training.epochs"), key_of("--colour")
    ('training.batch_size', 'training.epochs', 'training.epochs', None)
    """
    from glassnet.recipe import known_keys

    name = option.lstrip("-").replace("-", "_").lower()
    keys = list(known_keys())
    if name in keys:
        return name
    names = {key.rpartition(".")[2]: key for key in reversed(keys)} | ELSEWHERE
    del names["name"], names["description"], names["source"], names["fingerprint"]
    own = [known.lstrip("-").replace("-", "_") for known in options]
    near = difflib.get_close_matches(name, [*own, *names], n=1, cutoff=0.8) if len(name) > 2 else []
    return names.get(name) or (names.get(near[0]) if near else None)
