"""Options as other programs have them are answered with the line that does what was meant."""

import shlex

import pytest

from glassnet.cli.recipe_words import key_of
from glassnet.recipe import known_keys, load_recipe

TINY = ("--set", "network.hidden=[4]", "--set", "data.limit=100")


@pytest.mark.parametrize(
    ("line", "settings"),
    [
        (["--epochs", "5"], ["training.epochs=5"]),
        (["--lr", "0.1"], ["optimizer.learning_rate=0.1"]),
        (["--learning-rate=0.1"], ["optimizer.learning_rate=0.1"]),
        (["--batch-size", "64"], ["training.batch_size=64"]),
        (["--batch_size", "64"], ["training.batch_size=64"]),
        (["--hidden", "256"], ["network.hidden=256"]),
        (["--hidden-layer-sizes", "300,100"], ["network.hidden=300,100"]),
        (["--optimizer", "sgd"], ["optimizer.name=gradient_descent"]),
        (["--epoch", "5"], ["training.epochs=5"]),
        (["--training.epochs", "5"], ["training.epochs=5"]),
        (["--batch-norm"], ["network.batch_norm=true"]),
        (["--seed", "3", "--epochs", "2"], ["seed=3", "training.epochs=2"]),
    ],
)
def test_the_line_that_is_named_does_it(glassnet, tmp_path, line, settings):
    code, out, err = glassnet("train", "digits", *TINY, *line)
    assert (code, out) == (2, "") and not (tmp_path / "runs").exists()
    first, second = err.splitlines()
    assert first.startswith("glassnet: There is no option --")
    words = shlex.split(second)
    assert words[:3] == ["glassnet", "train", "digits"]
    assert [word for word in words[words.index("data.limit=100") + 1 :] if word != "--set"] == settings
    code, _, err = glassnet(*words[1:], *(() if "epochs" in second else ("--set", "training.epochs=1")))
    assert code == 0, err


@pytest.mark.parametrize("key", sorted(set(known_keys()) - {"name", "description"}))
def test_every_key_is_known_by_its_own_name(key):
    last = key.rpartition(".")[2]
    same = [known for known in known_keys() if known.rpartition(".")[2] == last]
    assert key_of(f"--{key}") == key
    if last not in ("name", "source", "fingerprint"):
        assert key_of(f"--{last.replace('_', '-')}") == same[0]


@pytest.mark.parametrize("line", [["--colour", "red"], ["--x"], ["--outt", "a"], ["-z"]])
def test_what_is_no_key_either_is_an_unknown_option(glassnet, line):
    code, _, err = glassnet("train", *line)
    assert code == 2 and "No such option" in err


@pytest.mark.parametrize("line", [["--out", "--epochs"], ["--", "--epochs"]])
def test_values_and_words_behind_two_dashes_are_no_options(glassnet, line):
    assert "There is no option" not in glassnet("train", "--data-dir", "nowhere", *line)[2]


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("network.hidden=256", "hidden", [256]),
        ("network.hidden=300,100", "hidden", [300, 100]),
        ("network.hidden=[300, 100]", "hidden", [300, 100]),
        ("network.hidden=[]", "hidden", []),
    ],
)
def test_one_number_is_a_list_of_one(setting, key, value):
    assert getattr(load_recipe("default", [setting]).network, key) == value


def test_so_it_is_for_every_list_in_a_recipe_and_in_files_too(tmp_path):
    assert load_recipe("default", ["augment.calm=1"]).augment.calm == [1]
    (tmp_path / "mine.toml").write_text("[network]\nhidden = 32\n[augment]\ncalm = 7\n")
    recipe = load_recipe(str(tmp_path / "mine.toml"))
    assert recipe.network.hidden == [32] and recipe.augment.calm == [7]
