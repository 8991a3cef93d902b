"""Absurd values in every key: a recipe says at once what it cannot mean, and what it takes also ends."""

import math
import time
from contextlib import suppress

import pytest

from glassnet.errors import GlassnetError, RecipeError
from glassnet.recipe import evaluate_run, finish, known_keys, load_recipe, open_run, run
from glassnet.recipe.fields import OFF
from glassnet.recipe.schema import Recipe

QUICK = [
    "data.limit=60", "data.test=off", "data.validation=0.2", "network.hidden=[4]", "training.epochs=1",
    "training.batch_size=full",
]  # fmt: skip
BRACKETS = "[" * 20_000
ABSURD = [
    "1e308", "-1e308", "inf", "-inf", "nan", "9" * 30, "9" * 5000, "-1", "1e-320", "1.5", '""',
    f'"{"x" * 5000}"', r'"\u0000"', '"../.."', r'"\n"', "true", "[]", "[[]]", "[-1]", "[1e308]",
    f"[{'9' * 30}]", "[true]", "{}", "{a = 1}", "1979-05-27", BRACKETS, BRACKETS + "]" * 20_000,
    "{a = " * 5000, "x" * 50_000, "1." * 40_000,
]  # fmt: skip
ENDLESS_BY_DESIGN = ("training.epochs", "ensemble.size", "ensemble.member")


def quickly(action):
    """The recipe, or None where it is refused; in less than a second of the processor."""
    started = time.process_time()
    try:
        return action()
    except RecipeError as error:
        return None if len(str(error)) < 2000 else error
    finally:
        assert time.process_time() - started < 1.0


@pytest.mark.parametrize("key", known_keys())
def test_an_absurd_value_is_refused_at_once_or_it_means_something(key, tmp_path):
    path = tmp_path / "mine.toml"
    section, _, name = key.rpartition(".")
    header = f"[{section}]\n" if section else ""
    for value in ABSURD:
        found = quickly(lambda value=value: load_recipe("default", [f"{key}={value}"]))
        assert found is None or Recipe.model_validate(found.to_dict()) == found
        path.write_text(f"{header}{name} = {value}\n", encoding="utf-8")
        found = quickly(lambda: load_recipe(str(path)))
        assert found is None or Recipe.model_validate(found.to_dict()) == found


@pytest.mark.parametrize(
    "text",
    [
        BRACKETS, "a = " + BRACKETS, "training." + "a." * 40_000 + "b = 1", "[" + "a." * 40_000 + "b]",
        "[ " + " " * 90_000, '"training" = 3', "[training]\n[training]", "[[training]]\nepochs = 3",
        f'"{"x" * 50_000}" = 1', "=" * 1000, "a = 1\n" * 30_000, "training = [1, 2]", '"training.epochs" = 5',
        "name = '''\nx\n'''", "\0", "\ufeff" * 9,
    ],
)  # fmt: skip
def test_absurd_files_are_refused_at_once(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    assert quickly(lambda: load_recipe(str(path))) is None


@pytest.mark.parametrize(
    "recipe", [{}, {"data": 3}, {"seed": 1e308}, {"training": {"epochs": None}}, {"x": {}}]
)
def test_a_model_whose_recipe_is_none_says_so(tmp_path, recipe):
    model = finish(run(load_recipe("default", QUICK), tmp_path / "a")).model
    model.metadata["recipe"] = recipe
    model.save(tmp_path / "a" / "model.safetensors")
    if not recipe:  # all defaults: another recipe than the run's, but one
        assert open_run(tmp_path / "a").recipe == Recipe()
        return
    for use in (open_run, evaluate_run):
        with pytest.raises(RecipeError, match=r"the recipe that it was trained with is damaged \("):
            use(tmp_path / "a")


def numbers():
    """Every key that is a number, with the least and the greatest value that it takes."""
    sections = {name: field.annotation for name, field in Recipe.model_fields.items()}
    for section, kind in {"": Recipe, **sections}.items():
        for name, field in getattr(kind, "model_fields", {}).items():
            if isinstance(field.json_schema_extra, dict):
                limits = field.json_schema_extra["limits"]
                most = min(limits["most"], math.nextafter(limits["below"], 0))
                yield f"{section}.{name}".strip("."), limits["least"], most


@pytest.mark.parametrize(("key", "least", "most"), list(numbers()))
def test_numbers_at_their_limits_mean_something(tmp_path, key, least, most):
    section, _, name = key.rpartition(".")
    also = {"augment.sigma": ["augment.alpha=34"], "ensemble.member": ["ensemble.size=100"]}.get(key, [])
    for number, value in enumerate((least, most)):
        recipe = load_recipe("default", [*QUICK, *also, f"{key}={value}"])
        found = getattr(getattr(recipe, section) if section else recipe, name)
        assert found == value or (value == 0 and found is None)
        if key not in ENDLESS_BY_DESIGN:
            started = time.process_time()
            with suppress(GlassnetError):  # nothing may be left to learn from, or it diverges
                finish(run(recipe, tmp_path / str(number)))
            assert time.process_time() - started < 10


def test_what_is_off_is_off_everywhere():
    """0 in files of version 0.1, "off" in files now, None in Python; and it comes back."""
    off = {
        "data": ["limit", "train_limit", "validation", "test"],
        "network": ["max_norm"],
        "training": ["patience", "clip_norm", "clip_value", "average"],
        "ensemble": ["member"],
    }
    keys = [f"{section}.{key}" for section, names in off.items() for key in names]
    zero, written, *others = (
        load_recipe("default", [f"{key}={word}" for key in keys]) for word in ("0", OFF, "0.0", '"off"')
    )
    assert [zero, *others] == [written] * 3
    for section, names in off.items():
        assert [getattr(getattr(written, section), name) for name in names] == [None] * len(names)
        assert [written.to_dict()[section][name] for name in names] == [OFF] * len(names)
    assert Recipe.model_validate(written.to_dict()) == written
    assert load_recipe("default", ["training.class_weight=none"]).training.class_weight is None


def test_patience_without_data_to_watch(tmp_path):
    recipe = load_recipe("quick", ["training.patience=2", "data.source=digits"])
    with pytest.raises(RecipeError, match=r"nothing is held out.*Give data\.validation a share"):
        finish(run(recipe, tmp_path / "a"))


# --- files of version 0.1 --------------------------------------------------------------------------------

OLD = """
seed = 3
[data]
source = "digits"
limit = 0
train_limit = 0
validation = 0
test = 0
[network]
max_norm = 0.0
[training]
patience = 0
clip_norm = 0.0
clip_value = 0.0
average = 0.0
class_weight = "none"
[committee]
size = {size}
member = 0
"""


def test_a_recipe_of_version_0_1_means_what_it_meant(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(OLD.format(size=1), encoding="utf-8")
    recipe = load_recipe(str(path))
    assert recipe.data.validation is None and recipe.data.test is None and recipe.training.average is None
    path.write_text(OLD.format(size=3), encoding="utf-8")
    with pytest.warns(FutureWarning, match=r"\[committee\] is called \[ensemble\] now"):
        assert load_recipe(str(path)).ensemble.together
    metadata = {"committee": {"size": 3, "member": 0}, "training": {"patience": 0, "class_weight": "none"}}
    assert Recipe.model_validate(metadata).ensemble.size == 3  # what a model of that version says


def test_old_names_on_the_command_line():
    with pytest.warns(FutureWarning, match="The recipe committee is called ensemble now"):
        assert load_recipe("committee") == load_recipe("ensemble")
    with pytest.warns(FutureWarning, match=r"--set committee\.size is called ensemble\.size now"):
        assert load_recipe("default", ["committee.size=2"]).ensemble.size == 2
