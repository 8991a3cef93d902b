"""Everything that a user can do wrong, as exceptions.

Each message says what was wrong, where (file, line, column, key), what was
expected and what to do. The command line prints the message alone.
"""

__all__ = [
    "DataError",
    "GlassnetError",
    "ImageError",
    "MissingExtraError",
    "ModelFileError",
    "RecipeError",
    "TrainingError",
]


class GlassnetError(ValueError):
    """An error that the user can put right; the message says how."""


class DataError(GlassnetError):
    """A data set that cannot be read, or that does not fit its use."""


class ImageError(GlassnetError):
    """A picture that cannot be opened."""


class ModelFileError(GlassnetError):
    """A model file that is missing, damaged, or not one of ours."""


class RecipeError(GlassnetError):
    """A recipe with an unknown key or a value out of range."""


class TrainingError(GlassnetError):
    """A training that cannot go on, for instance because its loss is not a number."""


class MissingExtraError(GlassnetError, ImportError):
    """An optional package that is not installed."""
