"""evaluate, predict, recipes, data, check."""

import gzip
import json

import numpy as np
import pytest

from glassnet.data import load
from glassnet.recipe import finish, load_recipe, recipe_names, run


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "digits"
    overrides = ["network.hidden=[32]", "training.epochs=20"]
    finish(run(load_recipe("default", overrides), folder))
    return folder


# --- evaluate ------------------------------------------------------------------------------------------


def test_evaluate_prints_every_table(glassnet, trained):
    code, out, _ = glassnet("evaluate", trained)
    assert code == 0 and out.startswith("digits: the test part, 359 samples")
    for word in ("accuracy", "loss", "calibration error", "precision", "recall", "f1", "confusion"):
        assert word in out


def test_evaluate_as_json(glassnet, trained):
    _, out, _ = glassnet("evaluate", trained, "--json")
    figures = json.loads(out)
    saved = json.loads((trained / "evaluation.json").read_text())["test"]
    assert figures["confusion"] == saved["confusion"] and figures["accuracy"] == saved["accuracy"]
    assert np.trace(figures["confusion"]) / 359 == pytest.approx(figures["accuracy"])


def test_evaluate_on_other_data(glassnet, trained):
    code, out, _ = glassnet("evaluate", trained / "model.safetensors", "digits")
    assert code == 0 and out.startswith("digits: 1,797 samples")


def test_evaluate_a_regression(glassnet, tmp_path, rng):
    X = rng.standard_normal((80, 3)).astype(np.float32)
    np.savez(tmp_path / "line.npz", images=X, labels=X.sum(axis=1))
    line = ("--set", "network.loss=mse", "--set", "training.epochs=100", "--out", "a")
    code, out, _ = glassnet("train", "line.npz", *line)
    assert code == 0 and "R²" in out and "accuracy" not in out
    code, out, _ = glassnet("evaluate", "a")
    assert code == 0 and "R²" in out and "confusion" not in out
    code, out, _ = glassnet("predict", "line.npz", "--model", "a")
    assert code == 0 and len(out.splitlines()) == 80


def test_evaluate_the_model_that_ships(glassnet, mnist_folder, monkeypatch):
    code, out, err = glassnet("evaluate", "pretrained", "--data-dir", mnist_folder)
    assert code == 0 and out.startswith("mnist: the test part, 10,000 samples"), err
    monkeypatch.setattr("glassnet.recipe.known_data.has_mnist", lambda: False)
    code, _, err = glassnet("evaluate", "pretrained")
    assert code == 2 and "give the data to evaluate it on" in err


@pytest.mark.parametrize("line", [["nowhere"], ["nowhere", "digits"]])
def test_evaluate_without_a_run(glassnet, line):
    code, out, err = glassnet("evaluate", *line)
    assert (code, out) == (2, "") and "nowhere" in err


def test_evaluate_with_data_that_do_not_fit(glassnet, trained):
    code, _, err = glassnet("evaluate", trained, "iris")
    assert code == 2 and "iris" in err and err.count("\n") == 1


# --- predict -------------------------------------------------------------------------------------------


def write_csv(path, rows, names):
    np.savetxt(path, rows, fmt="%d", delimiter=",", header=",".join(names), comments="")


def write_idx(path, images):
    with gzip.open(path, "wb") as file:
        file.write(bytes([0, 0, 8, 3]) + np.array(images.shape, ">u4").tobytes() + images.tobytes())


def test_predict_reads_csv_idx_and_npz_alike(glassnet, tmp_path, trained):
    images = np.array(load("digits").images[:20])
    flat = images.reshape(20, 64)
    write_csv(tmp_path / "test.csv", flat, [f"pixel{i}" for i in range(64)])
    write_idx(tmp_path / "images-idx3-ubyte.gz", images)
    np.savez(tmp_path / "images.npz", images=images)
    answers = []
    for file in ("test.csv", "images-idx3-ubyte.gz", "images.npz"):
        code, out, err = glassnet("predict", file, "--model", trained)
        assert (code, err) == (0, "")
        words = [line.split() for line in out.splitlines()]
        assert [row[:2] for row in words] == [[file, str(number)] for number in range(1, 21)]
        assert all(row[-1] == "%" for row in words)
        answers.append([row[2:] for row in words])
    assert answers[0] == answers[1] == answers[2]
    assert (
        np.mean([row[0] == str(digit) for row, digit in zip(answers[0], load("digits").labels, strict=False)])
        > 0.85
    )


def test_predict_marks_wrong_answers_where_labels_are_known(glassnet, tmp_path, trained):
    digits = load("digits")
    labels = (digits.labels[:10] + 1) % 10  # all of them wrong
    write_csv(
        tmp_path / "train.csv", np.column_stack([labels, digits.flat[:10]]), ["label", *map(str, range(64))]
    )
    _, out, _ = glassnet("predict", "train.csv", "--model", trained)
    assert out.count("wrong: it is") >= 9


def test_predict_as_json_with_the_newest_run(glassnet):
    assert glassnet("predict", "digits")[0] == 2  # no run yet
    glassnet("train", "--set", "training.epochs=1", "--set", "data.limit=200", "--quiet")
    code, out, _ = glassnet("predict", "digits", "--json")
    first = json.loads(out.splitlines()[0])
    assert code == 0 and first["file"] == "digits" and first["label"] == "0" and 0 < first["confidence"] <= 1


def test_predict_bad_files(glassnet, tmp_path, trained):
    (tmp_path / "empty.csv").write_bytes(b"")
    for file, words in (("nothere.csv", "no such file"), ("empty.csv", "empty"), ("iris", "reads 64")):
        code, out, err = glassnet("predict", file, "--model", trained)
        assert (code, out) == (2, "") and words in err and err.count("\n") == 1


# --- recipes, data, check ------------------------------------------------------------------------------


def test_recipes_are_listed_and_shown(glassnet, tmp_path):
    code, out, _ = glassnet("recipes")
    assert code == 0 and all(name in out for name in recipe_names())
    _, out, _ = glassnet("recipes", "quick")
    (tmp_path / "mine.toml").write_text(out, encoding="utf-8")
    assert load_recipe(str(tmp_path / "mine.toml")).network == load_recipe("quick").network
    assert json.loads(glassnet("recipes", "quick", "--json")[1])["network"]["activation"] == "relu"
    assert set(json.loads(glassnet("recipes", "--json")[1])) == set(recipe_names())
    assert "optimizer.learning_rate" in glassnet("recipes", "--keys")[1]
    assert "training.epochs" in json.loads(glassnet("recipes", "--keys", "--json")[1])
    code, _, err = glassnet("recipes", "quik")
    assert code == 2 and '"quick"' in err


@pytest.mark.parametrize("line", [["recipes"], ["recipes", "--keys"], ["data"]])
def test_lists_fit_a_terminal_and_are_a_line_each_elsewhere(glassnet, monkeypatch, line):
    piped = glassnet(*line)[1].splitlines()
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    shown = glassnet(*line)[1].splitlines()
    assert max(map(len, shown)) <= 80 < max(map(len, piped)) and len(shown) > len(piped)
    assert " ".join(shown).split() == " ".join(piped).split()


def test_data_are_listed_and_described(glassnet, tmp_path):
    assert "mnist" in glassnet("data")[1]
    assert "iris" in json.loads(glassnet("data", "--json")[1])
    code, out, _ = glassnet("data", "digits")
    assert code == 0 and "1,797 images of 8×8 pixels, values 0 to 16" in out and "183   10.2 %" in out
    assert "150 samples of 4 numbers" in glassnet("data", "iris")[1]
    facts = json.loads(glassnet("data", "iris", "--json")[1])
    assert facts["all"]["classes"]["setosa"] == 50
    np.savez(tmp_path / "images.npz", images=np.zeros((3, 4, 4), np.uint8))
    assert "without labels" in glassnet("data", "images.npz")[1]


def test_data_fetch(glassnet, mnist_folder):
    code, out, _ = glassnet("data", "fetch", "mnist", "--data-dir", mnist_folder)
    assert code == 0 and len(out.splitlines()) == 4
    assert len(json.loads(glassnet("data", "fetch", "mnist", "--data-dir", mnist_folder, "--json")[1])) == 4


@pytest.mark.parametrize("line", [["fetch", "iris"], ["fetch"], ["nothere"], ["digits", "iris"]])
def test_data_wrong_words(glassnet, line):
    code, out, err = glassnet("data", *line)
    assert (code, out) == (2, "") and err.startswith("glassnet: ")


def test_check_prints_the_table(glassnet):
    code, out, _ = glassnet("check")
    assert code == 0 and "all right" in out and "WRONG" not in out
    rows = json.loads(glassnet("check", "--json", "--seed", "1")[1])
    assert all(row["passed"] for row in rows) and len(rows) > 100


def test_check_exits_with_1_when_a_derivative_is_wrong(glassnet, monkeypatch):
    from glassnet.nn.gradcheck import Check

    monkeypatch.setattr("glassnet.nn.gradcheck.check_all", lambda seed: [Check("layer", "Dense", "W", 0.5)])
    code, out, _ = glassnet("check")
    assert code == 1 and "WRONG" in out and "1 are wrong" in out
