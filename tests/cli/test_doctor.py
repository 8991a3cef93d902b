"""``glassnet doctor``, and what it says after a training."""

import json
from pathlib import Path

import pytest

from glassnet.doctor import open_case
from glassnet.errors import GlassnetError, ModelFileError

TRAIN = ("train", "--set", "data.limit=300", "--set", "training.epochs=4", "--out", "a")


def test_a_healthy_run(glassnet):
    code, out, _ = glassnet("train", "--out", "a")
    assert code == 0 and "doctor" not in out
    code, out, _ = glassnet("doctor", "a")
    assert (code, out) == (0, "a: nothing is wrong that the doctor knows of.\n")
    code, out, _ = glassnet("doctor", "a", "--json")
    assert code == 0 and json.loads(out) == {"run": "a", "findings": []}


def test_a_rate_that_is_far_too_low(glassnet):
    code, out, _ = glassnet(*TRAIN, "--set", "optimizer.learning_rate=1e-6")
    assert code == 0
    said = out.splitlines()[-1]
    assert said.startswith("The doctor says: The weights hardly moved: rate too low, or too few epochs.")
    assert said.endswith("See: glassnet doctor a")
    code, out, _ = glassnet("doctor", "a")
    assert code == 0 and out.startswith("!! The weights hardly moved: rate too low")
    assert "What to try: Try a rate three to ten times higher than" in out
    assert all(len(line) <= 100 for line in out.splitlines())
    findings = json.loads(glassnet("doctor", "a", "--json")[1])["findings"]
    assert [finding["kind"] for finding in findings] == ["rate_too_low"]
    assert set(findings[0]) == {"kind", "severity", "title", "evidence", "advice"}


def test_after_a_training_nothing_is_said_where_lines_are_read_by_programs(glassnet):
    for option in ("--quiet", "--json"):
        out = glassnet(*TRAIN, "--overwrite", option, "--set", "optimizer.learning_rate=1e-6")[1]
        assert "doctor" not in out


DIVERGING = (
    *TRAIN, "--set", "optimizer.name=gradient_descent", "--set", "optimizer.learning_rate=1e6",
    "--set", "network.activation=leaky_relu", "--set", "optimizer.schedule=constant",
)  # fmt: skip


def test_a_training_that_diverges_leaves_what_the_doctor_needs(glassnet, tmp_path):
    code, _, err = glassnet(*DIVERGING)
    assert code == 2 and err.startswith("glassnet: The loss became") and "glassnet doctor a" in err
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "diverged.json", "history.csv", "recipe.toml",
    }  # fmt: skip
    code, out, _ = glassnet("doctor", "a")
    assert code == 0
    assert out.startswith("!! The training diverged: the learning rate is too high (serious)")
    assert "Its last losses: " in out and "ten times smaller (1e+05)" in out
    code, _, err = glassnet("evaluate", "a")
    assert code == 2 and "a holds a training that diverged. See why: glassnet doctor a" in err
    code, *_ = glassnet("train", "--set", "data.limit=300", "--out", "a", "--overwrite")
    assert code == 0 and not (tmp_path / "a" / "diverged.json").exists()


def test_a_damaged_file_of_a_diverged_training(glassnet, tmp_path):
    glassnet(*DIVERGING)
    for text in ("{", "[]", '{"error": "x"}'):
        (tmp_path / "a" / "diverged.json").write_text(text)
        with pytest.raises(ModelFileError, match=r"is damaged\. Run the training again"):
            open_case(tmp_path / "a")


def test_an_interrupted_training(glassnet, tmp_path):
    glassnet(*TRAIN)
    (tmp_path / "a" / "model.safetensors").unlink()
    code, out, _ = glassnet("doctor", "a")
    assert code == 0 and out.startswith("a: the training was interrupted; only its data and what it recorded")
    assert out.endswith("nothing is wrong that the doctor knows of.\n")
    (tmp_path / "a" / "history.csv").unlink()
    assert glassnet("doctor", "a")[0] == 0


def test_what_is_no_run(glassnet, tmp_path):
    code, _, err = glassnet("doctor", tmp_path)
    assert code == 2 and "is no run folder" in err
    with pytest.raises(GlassnetError):
        open_case(tmp_path / "none")


def test_evaluate_shows_the_robustness_card_on_request(glassnet):
    assert glassnet(*TRAIN)[0] == 0
    assert "robustness" not in glassnet("evaluate", "a")[1]
    code, out, _ = glassnet("evaluate", "a", "--robustness")
    assert code == 0 and "\nrobustness (accuracy on 60 images)\n  as is  " in out
    assert "\n  shifted 0.29 px " in out and "\n  inverted " in out
    card = json.loads(glassnet("evaluate", "a", "--robustness", "--json")[1])["robustness"]
    assert card["samples"] == 60 and len(card["conditions"]) == 14
    with Path("a/evaluation.json").open(encoding="utf-8") as file:
        assert json.load(file)["test"]["robustness"] == card


def test_data_that_are_no_images_have_no_robustness_card(glassnet):
    assert glassnet("train", "iris", "--out", "a")[0] == 0
    code, _, err = glassnet("evaluate", "a", "--robustness")
    assert code == 2 and "iris: robustness is measured on images" in err
    with Path("a/evaluation.json").open(encoding="utf-8") as file:
        assert "robustness" not in file.read()


def test_history_csv_tells_how_the_layers_do(glassnet):
    assert glassnet(*TRAIN)[0] == 0
    names = Path("a/history.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    layers = [f"{kind}/{i}.W" for i in (0, 3, 6) for kind in ("gradient_norm", "update_norm", "weight_norm")]
    assert names[9:] == [*layers, "dead/1", "dead/4"]


SIGMOIDS = ("network.activation=sigmoid", "network.dropout=0")
PLAIN = ("optimizer.name=gradient_descent", "optimizer.learning_rate=0.1", "optimizer.schedule=constant")
STUCK = {
    "vanishing_gradients-5": ("network.hidden=[64,64,64,64,64]", *SIGMOIDS, *PLAIN),
    "vanishing_gradients-8": ("network.hidden=[64,64,64,64,64,64,64,64]", *SIGMOIDS),
    "dropout_too_strong": ("network.dropout=0.9",),
    "too_few_epochs": ("training.epochs=1",),
}


@pytest.mark.parametrize("name", STUCK)
def test_a_network_that_learned_little_is_never_passed_in_silence(glassnet, name):
    options = [word for setting in STUCK[name] for word in ("--set", setting)]
    assert glassnet("train", *options, "--out", "a")[0] == 0
    findings = json.loads(glassnet("doctor", "a", "--json")[1])["findings"]
    assert [finding["kind"] for finding in findings] == [name.partition("-")[0]]
    assert "--set " in findings[0]["advice"] and findings[0]["severity"] in ("serious", "warning")


def test_what_to_set_can_be_copied_in_one_piece(glassnet):
    glassnet(*TRAIN, "--set", "optimizer.learning_rate=3")
    out = glassnet("doctor", "a")[1]
    assert "--set optimizer.learning_rate=0.001" in out and "--set optimizer.schedule=one_cycle" in out
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("path", ["a/model.safetensors", "pretrained"])
def test_of_a_model_alone_the_doctor_says_what_it_needs(glassnet, path):
    assert glassnet(*TRAIN)[0] == 0
    code, out, err = glassnet("doctor", path)
    assert code == 2 and not out
    assert "recipe.toml, history.csv and the data" in err and f"glassnet evaluate {path} DATA" in err
