"""What is wrong with a request, said in the words of the pages and not in those of the validator."""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["explain_problems"]

# What the pages call it; every other field is called by its name.
WORDS = {
    "init": "initialisation",
    "l2": "penalty on W²",
    "hidden": "layers",
    "batch_norm": "batch normalisation",
    "augment": "augmentation",
    "pace": "speed",
    "x-glassnet-session": "session",
}
PLACES = ("body", "path", "query", "header")
MAX_QUOTED_CHARACTERS = 60

# By the beginning of the validator's word for a problem; {…} is what it knows about it.
MUST = {
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be greater than {gt}",
    "less_than_equal": "must be {le} or less",
    "less_than": "must be less than {lt}",
    "finite_number": "must be a finite number",
    "int": "must be a whole number",
    "float": "must be a number",
    "bool": "must be true or false",
    "string_too_long": "must have {max_length} characters at most",
    "string_too_short": "must have {min_length} characters at least",
    "string": "must be text",
    "too_long": "must have {max_length} items at most",
    "too_short": "must have {min_length} items at least",
    "list": "must be a list",
    "tuple": "must be a list",
    "model": "must be an object with named values",
    "dict": "must be an object with named values",
    "literal_error": "must be {expected}",
}


def explain_problems(problems: Sequence[Mapping[str, Any]]) -> str:
    """One sentence on the first of the problems that Pydantic found.

    Examples
    --------
    >>> context = {"gt": 0}
    >>> place = ("body", "learning_rate")
    >>> explain_problems([{"type": "greater_than", "loc": place, "input": -1, "ctx": context}])
    'The learning rate must be greater than 0, not -1.'
    """
    problem = problems[0]
    kind, value, context = problem["type"], problem.get("input"), problem.get("ctx", {})
    names = [part for part in problem["loc"] if isinstance(part, str) and part not in PLACES]
    field = names[-1] if names else ""
    what = _subject(problem["loc"], field)
    if kind == "missing":
        return f"{what} {'are' if what.endswith('s') else 'is'} missing."
    if kind == "extra_forbidden":
        return f"“{field[:MAX_QUOTED_CHARACTERS]}” is not known here."
    if kind == "json_invalid":
        return "The request cannot be read as JSON."
    if kind == "value_error":
        return _told_by_us(what, field, value, str(context.get("error", "it does not fit")))
    for beginning, must in MUST.items():
        if kind.startswith(beginning):
            known = {key: f"{each:g}" if isinstance(each, float) else each for key, each in context.items()}
            quoted = _quoted(value)
            return f"{what} {must.format(**known)}{', not' + quoted if quoted else ''}."
    return f"{what} does not fit."


def _told_by_us(what: str, field: str, value: Any, told: str) -> str:
    """A check of ours has found the words already."""
    if told.startswith("Input should be "):
        return f"{what} must be {told.removeprefix('Input should be ')}, not{_quoted(value) or ' this'}."
    return f"{what}{_quoted(value)} does not fit: {told}." if field else f"{told[:1].upper()}{told[1:]}."


def _subject(place: Sequence[str | int], field: str) -> str:
    """A field, or one item of it."""
    if not field:
        return "The request"
    word = WORDS.get(field.lower(), field.replace("_", " "))
    if isinstance(place[-1], int):
        return f"Item {place[-1] + 1} of the {word}"
    return f"The {word}"


def _quoted(value: Any) -> str:
    """A value that is short enough to be shown, behind a space."""
    if isinstance(value, str):
        return f" “{value[:MAX_QUOTED_CHARACTERS]}{'…' if len(value) > MAX_QUOTED_CHARACTERS else ''}”"
    if isinstance(value, int | float):
        shown = f"{value:.6g}" if isinstance(value, float) else str(value).lower()
        return f" {shown}" if len(shown) <= MAX_QUOTED_CHARACTERS else ""
    return ""
