"""Everything a user can do wrong, as exceptions.

::

    ValueError
    └── GlassnetError            whatever the user can put right
        ├── DataError            a data set: cannot be read, or does not fit its use
        ├── ImageError           a picture: cannot be opened
        ├── MissingExtraError    an optional package: not installed (an ImportError, too)
        ├── ModelFileError       a model file: missing, damaged, or not one of ours
        ├── OutputError          a file: cannot be written, or would replace another (an OSError, too)
        ├── RecipeError          a recipe: an unknown key, a value out of range
        └── TrainingError        a training: cannot go on

``maths``, ``nn`` and ``optim`` stand on NumPy alone and raise plain ``ValueError``.

Each message says what was wrong, where (file, line, column, key), what was
expected and what to do. The command line prints the message alone.
"""

from collections.abc import Iterable

__all__ = [
    "DataError",
    "GlassnetError",
    "ImageError",
    "MissingExtraError",
    "ModelFileError",
    "OutputError",
    "RecipeError",
    "TrainingError",
    "listed",
    "quoted",
]


class GlassnetError(ValueError):
    """An error that the user can put right; the message says how."""


class DataError(GlassnetError):
    """A data set that cannot be read, or that does not fit its use."""


class ImageError(GlassnetError):
    """A picture that cannot be opened."""


class ModelFileError(GlassnetError):
    """A model file that is missing, damaged, or not one of ours."""


class OutputError(GlassnetError, OSError):
    """A file that cannot be written, or that would take the place of another one."""


class RecipeError(GlassnetError):
    """A recipe with an unknown key or a value out of range."""


class TrainingError(GlassnetError):
    """A training that cannot go on, for instance because its loss is not a number."""


class MissingExtraError(GlassnetError, ImportError):
    """An optional package that is not installed."""


# ---------------------------------------------------------------- what a message quotes


def quoted(text: object, most: int = 60) -> str:
    """What somebody wrote, in quotation marks: of a long text the beginning, and how long it is.

    >>> quoted("pixel0")
    "'pixel0'"
    >>> quoted(6000 * "1,", most=10)
    "'1,1,1,1,1,'… (12,000 characters)"
    """
    whole = str(text)
    return repr(whole) if len(whole) <= most else f"{whole[:most]!r}… ({len(whole):,} characters)"


def listed(names: Iterable[object], most: int = 10) -> str:
    """Names with commas between them: of many the first ones, and how many there are.

    >>> listed("abc"), listed(range(100), most=3)
    ('a, b, c', '0, 1, 2 … (100 in all)')
    """
    words = list(map(str, names))
    short = [word if len(word) <= 60 else f"{word[:60]}…" for word in words[:most]]
    return ", ".join(short) + (f" … ({len(words):,} in all)" if len(words) > most else "")
