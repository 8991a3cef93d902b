"""Finding a recipe, reading it, overriding its keys, and saying clearly what is wrong with it."""

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from glassnet.errors import RecipeError
from glassnet.maths.names import nearest
from glassnet.model import Model
from glassnet.recipe import toml_text
from glassnet.recipe.choices import OneOf, optimizer_settings, schedule_settings
from glassnet.recipe.fields import OFF
from glassnet.recipe.schema import Recipe
from glassnet.recipe.sections import is_list

__all__ = ["known_keys", "load_recipe", "recipe_names", "recipe_of", "recipe_path", "resume_recipe"]

RENAMED = {"committee": "ensemble"}
"""Recipes and sections that were called otherwise in version 0.1."""

MAX_QUOTED = 200
"""Signs of a user's value in a message."""

FOLDER = Path(__file__).parent.parent / "recipes"


def recipe_names() -> list[str]:
    """The recipes that ship with the package.

    Examples
    --------
    >>> "quick" in recipe_names()
    True
    """
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def recipe_path(name: str) -> Path:
    """Where a recipe stands: one that ships, by its name, or a file.

    Raises
    ------
    RecipeError
        When there is neither; the message names the nearest.
    """
    if name in RENAMED and not Path(name).exists():
        _warn(f"The recipe {name}", RENAMED[name])
        name = RENAMED[name]
    if name in recipe_names():
        return FOLDER / f"{name}.toml"
    path = Path(name)
    if path.is_dir() and (path / "recipe.toml").is_file():
        return path / "recipe.toml"
    if path.is_file():
        return path
    if path.suffix == ".toml" or len(path.parts) > 1:
        raise RecipeError(f"There is no recipe file {name}.")
    raise RecipeError(f'There is no recipe "{name}"{_nearest(name, recipe_names())} See: glassnet recipes')


def load_recipe(name: str = "default", overrides: Iterable[str] = ()) -> Recipe:
    """Load a recipe and override some of its keys.

    Parameters
    ----------
    name : str
        One that ships (see :func:`recipe_names`), a TOML file, or a run folder.
    overrides : iterable of str
        Such as ``"training.epochs=5"``.

    Returns
    -------
    Recipe
        Complete: each key has a value.

    Raises
    ------
    RecipeError
        For an unknown key or a value out of range; the message names file, line and the nearest key.

    Examples
    --------
    >>> load_recipe("quick", ["optimizer.name=momentum", "optimizer.learning_rate=0.1"]).optimizer.momentum
    0.9
    """
    path = recipe_path(name)
    content, text = toml_text.read(path)
    content.setdefault("name", path.stem[:100])
    _rename_sections(content, path)
    overridden = {}
    for override in overrides:
        key = _apply(content, override)
        overridden[key] = override
    _drop_what_no_longer_fits(content, set(overridden))
    try:
        return Recipe.model_validate(content)
    except ValidationError as error:
        raise RecipeError(_explain(error, path, text, overridden)) from error
    except RecursionError:
        raise RecipeError(f"{path} is no recipe: keys are nested too deeply in it.") from None


def _rename_sections(content: dict[str, Any], path: Path) -> None:
    """Take a section of version 0.1 by its new name; say so where it asks for something."""
    for old, new in RENAMED.items():
        if old in content and new not in content:
            content[new] = content.pop(old)
            if content[new] != {"size": 1, "member": 0}:  # which a run folder of that version always has
                _warn(f"{path}: [{old}]", f"[{new}]")


def _warn(old: str, new: str) -> None:
    warnings.warn(
        f"{old} is called {new} now; the old name works in this version.", FutureWarning, stacklevel=4
    )


def resume_recipe(folder: Path) -> Recipe:
    """Load the recipe of an interrupted run."""
    if not (folder / "recipe.toml").is_file():
        raise RecipeError(
            f"{folder} is no run folder: it has no recipe.toml. Give the folder of a run to resume."
        )
    return load_recipe(str(folder / "recipe.toml"))


def recipe_of(model: Model, where: object) -> Recipe:
    """The recipe that a model was trained with.

    Parameters
    ----------
    model : Model
    where : object
        The file or folder, for messages.

    Raises
    ------
    RecipeError
        If the model does not say it, or what it says is no recipe.
    """
    if "recipe" not in model.metadata:
        raise RecipeError(f"{where} does not say what it was trained with, so its data are not known.")
    try:
        return Recipe.model_validate(model.metadata["recipe"])
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise RecipeError(
            f"{where}: the recipe that it was trained with is damaged ({place or 'as a whole'})."
        ) from None


def known_keys() -> dict[str, str]:
    """Each key that a recipe may have, dotted, with its explanation."""
    return dict(_keys_of(Recipe, ""))


def _keys_of(section: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys_of(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name, ": ".join(filter(None, (field.description, ", ".join(_choices(field)))))


def _apply(content: dict[str, Any], override: str) -> str:
    """Put ``key=value`` into the content; return the key."""
    key, equals, value = override.partition("=")
    key = key.strip()
    if not equals or not key:
        raise RecipeError(f"--set {_short(override)}: expected key=value, such as training.epochs=5")
    section, _, name = key.rpartition(".")
    if section in RENAMED:
        _warn(f"--set {key}", key := f"{RENAMED[section]}.{name}")
        section = RENAMED[section]
    if key not in known_keys():
        raise RecipeError(f"--set {_short(override)}: there is no key {_short(key)}{_nearest_key(key)}")
    table = content.setdefault(section, {}) if section else content
    if not isinstance(table, dict):
        table = content[section] = {}
    table[name] = _value(key, value.strip())
    return key


def _value(key: str, text: str) -> Any:
    """What stands behind ``key=``; of a list, its items may stand without brackets."""
    value = toml_text.value_of(text)
    if isinstance(value, str) and "," in value and is_list(_annotation(key)):
        return toml_text.value_of(f"[{text}]")
    return value


def _annotation(key: str) -> Any:
    section: Any = Recipe
    for part in key.split("."):
        section = section.model_fields[part].annotation
    return section


def _drop_what_no_longer_fits(content: dict[str, Any], overridden: set[str]) -> None:
    """Another optimiser or source makes settings of the old one void; they came from the file, so they go."""
    optimizer, data = content.get("optimizer"), content.get("data")
    if isinstance(optimizer, dict):
        for choice, table in (("name", optimizer_settings()), ("schedule", schedule_settings())):
            if f"optimizer.{choice}" in overridden:
                foreign = {key for settings in table.values() for key in settings}
                foreign -= set(table.get(str(optimizer[choice]), foreign))
                for key in foreign - {k.partition(".")[2] for k in overridden}:
                    optimizer.pop(key, None)
    changed = {key for key in overridden if key.startswith("data.")}
    if isinstance(data, dict) and changed and "data.fingerprint" not in changed:
        data.pop("fingerprint", None)


def _explain(error: ValidationError, path: Path, text: str, overridden: dict[str, str]) -> str:
    """One sentence or two on the first of the errors."""
    problems = error.errors(include_url=False)
    problem, others = problems[0], f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
    if not problem["loc"]:  # of the whole recipe: it says by itself what does not fit
        message = problem["msg"].removeprefix("Value error, ")
        return f"{_where(message.split(maxsplit=1)[0], path, text, overridden)}: {message}.{others}"
    key, choices, description = _field_at(tuple(str(part) for part in problem["loc"]))
    where = _where(key, path, text, overridden)
    if problem["type"] == "extra_forbidden":
        return f"{where}: there is no key {_short(key)}{_nearest_key(key)}{others}"
    value = problem["input"]
    if key not in overridden:
        where += f": {key} = {_short(toml_text.write_value(value))}"
    if choices:
        return f"{where} is not known{_nearest(str(value), choices)}{others}"
    return f"{where} does not fit. It means: {description or 'a section with keys'}.{others}"


def _where(key: str, path: Path, text: str, overridden: dict[str, str]) -> str:
    if key in overridden:
        return f"--set {_short(overridden[key])}"
    line = toml_text.line_of(text, key)
    return f"{path}, line {line}" if line else str(path)


def _field_at(location: tuple[str, ...]) -> tuple[str, list[str], str]:
    """The dotted key of an error, what may be chosen there, and its explanation."""
    section: type[BaseModel] = Recipe
    key: list[str] = []
    for part in location:
        key.append(part)
        field = section.model_fields.get(part)
        if field is None:
            break
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            section = field.annotation
            continue
        return ".".join(key), _choices(field), field.description or ""
    return ".".join(key), [], ""


def _choices(field: FieldInfo) -> list[str]:
    """What may be chosen for a key, if there is a list of it."""
    kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)] or [field.annotation]
    if get_origin(field.annotation) is Literal:
        return [str(choice) for choice in get_args(field.annotation)]
    if len(kinds) == 1 and get_origin(kinds[0]) is Literal:
        return [OFF, *map(str, get_args(kinds[0]))]
    checks = [note.func for note in field.metadata if isinstance(note, AfterValidator)]
    return [name for check in checks if isinstance(check, OneOf) for name in check.names()]


def _short(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def _nearest_key(key: str) -> str:
    """The best guess at a key: by the whole dotted name, else by its last part in any section."""
    keys = list(known_keys())
    within = [known for known in keys if known.startswith(f"{key}.")]
    if within:
        return f"; it is a section with the keys {', '.join(within)}."
    last = key.rpartition(".")[2]
    same = [known for known in keys if known.rpartition(".")[2] == last]
    by_last = nearest(last, [known.rpartition(".")[2] for known in keys])
    elsewhere = [known for known in keys if known.rpartition(".")[2] == by_last]
    for guess in (*same, nearest(key, keys, least=0.75), *elsewhere):
        if guess:
            return f"; did you mean {guess}?"
    return "; see: glassnet recipes --keys"


def _nearest(value: str, choices: list[str]) -> str:
    guess = nearest(value, choices)
    if guess:
        return f'; did you mean "{guess}"?'
    return f"; there are: {', '.join(choices)}."
