"""Teaching: what is learned about digits that were not taught, and what is forgotten."""

import numpy as np
import pytest
from PIL import Image
from tools.pretrained.drawing import drawn
from tools.pretrained.shapes import DIGITS, OTHERS

import glassnet as gn
from glassnet.errors import DataError
from glassnet.finetuning import learn, own_digits, teach, unseen


def write(folder, name, strokes, seed):
    folder.mkdir(parents=True, exist_ok=True)
    image = drawn(strokes, np.random.default_rng(seed))
    Image.fromarray(255 - np.pad(np.kron(image, np.ones((4, 4), np.uint8)), 20)).save(folder / name)


@pytest.fixture(autouse=True)
def short_lessons(monkeypatch):
    """Enough to see what they do."""
    for name, value in (
        ("EPOCHS", 12),
        ("SAMPLES_WITHOUT_REHEARSAL", 200),
        ("MAX_REHEARSED", 400),
        ("FOLDS", 2),
    ):
        monkeypatch.setattr(f"glassnet.finetuning.tune.{name}", value)


@pytest.fixture
def strange(tmp_path):
    """Somebody who writes a triangle for a 4."""
    for k in range(4):
        write(tmp_path / "mine", f"4_{k}.png", OTHERS["triangle"], k)
        write(tmp_path / "mine" / "2", f"{k}.png", DIGITS[2][0][1], k)
    return tmp_path / "mine"


@pytest.fixture(scope="module")
def rehearsal(mnist):
    return mnist[0].limit(500, seed=1), mnist[1].limit(500, seed=1)


def test_names_and_folders_say_what_a_picture_shows(strange):
    (strange / "notes.png").write_text("no picture")
    (strange / "7_bad.png").write_text("no picture")
    Image.new("L", (90, 90), 240).save(strange / "3-blank.png")
    own = own_digits(strange, gn.pretrained())
    assert sorted(own.labels.tolist()) == [2] * 4 + [4] * 4
    assert own.images.shape == (8, 28, 28)
    said = "\n".join(own.left_out)
    assert "notes.png: its name does not begin" in said
    assert "7_bad.png: not a picture" in said
    assert "3-blank.png: there is no ink" in said


def test_a_folder_without_digits_is_an_error(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        own_digits(tmp_path / "nothing", gn.pretrained())
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no picture of a digit can be used"):
        own_digits(tmp_path / "empty", gn.pretrained())
    features = gn.Model(gn.mlp(4, 3, seed=0), gn.data.Preparation("none", 0.0, 1.0), list("abc"))
    with pytest.raises(DataError, match="does not read pictures"):
        own_digits(tmp_path, features)


def test_a_hand_is_learned_and_little_forgotten(strange, rehearsal):
    model = gn.pretrained()
    weights = model.network.theta.copy()
    own = own_digits(strange, model)
    report = teach(model, own, *rehearsal)
    assert report.right(report.after) == 8
    assert report.right(report.unseen) > report.right(report.before)
    assert report.known_after > report.known_before - 0.02
    np.testing.assert_array_equal(model.network.theta, weights)  # the one before stays as it was
    (entry,) = report.model.metadata["taught"]
    assert entry["digits"] == {"2": 4, "4": 4}
    assert "taught" not in model.metadata


def test_unseen_digits_are_answered_by_copies_that_did_not_learn_them(strange, rehearsal, monkeypatch):
    from glassnet.finetuning import tune

    model = gn.pretrained()
    own = own_digits(strange, model)
    taught = []
    real = tune.learn
    monkeypatch.setattr(
        tune, "learn", lambda m, X, y, *rest: (taught.append(len(y)), real(m, X, y, *rest))[1]
    )
    answers = unseen(model, own.images, own.labels, rehearsal[0], folds=3)
    assert taught == [5, 5, 6]
    assert answers.shape == (8, 10)
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)
    alone = unseen(model, own.images[:1], own.labels[:1], rehearsal[0])
    np.testing.assert_allclose(alone, model.predict_proba(own.images[:1]), atol=1e-6)


def test_a_lesson_with_wrong_labels_is_told_to_be_worse(strange, rehearsal):
    own = own_digits(strange, gn.pretrained())
    wrong = np.where(own.labels == 2, 7, 2)
    report = teach(gn.pretrained(), type(own)(own.images, wrong, own.files, ()), *rehearsal)
    assert report.worse


def test_pictures_of_another_size_do_not_fit():
    with pytest.raises(DataError, match="reads pictures of"):
        learn(gn.pretrained(), np.zeros((1, 8, 8), np.uint8), np.zeros(1, np.int64), None, None)


def test_without_known_digits_it_learns_alone(strange):
    own = own_digits(strange, gn.pretrained())
    report = teach(gn.pretrained(), own, None, None)
    assert report.known_before is None
    assert report.right(report.after) >= report.right(report.before)


def test_the_command_shows_before_and_after_and_saves(glassnet_in, strange, mnist_folder, monkeypatch):
    monkeypatch.setattr("glassnet.finetuning.comparison.MAX_FORGOTTEN_SHARE", 0.05)
    code, out, _ = glassnet_in("teach", "pretrained", strange, "--out", "taught", "--data-dir", mnist_folder)
    assert code == 0
    assert "read right, taught" in out
    assert "known digits (2,000)" in out
    assert "saved: taught/model.safetensors" in out
    model = gn.Model.load(strange.parent / "taught")
    assert model.metadata["taught"][0]["digits"] == {"2": 4, "4": 4}
    code, _, err = glassnet_in("teach", "pretrained", strange, "--out", "taught", "--data-dir", mnist_folder)
    assert code == 2
    assert "taught is not empty" in err
    old = strange.parent / "taught" / "history.csv"
    old.write_text("of an earlier run")
    monkeypatch.setattr(gn.Model, "save", lambda self, path: (_ for _ in ()).throw(OSError("disk full")))
    again = ("teach", "pretrained", strange, "--out", "taught", "--data-dir", mnist_folder, "--overwrite")
    assert glassnet_in(*again)[0] != 0
    assert old.exists()
    assert (strange.parent / "taught" / "model.safetensors").exists()
    monkeypatch.undo()
    monkeypatch.chdir(strange.parent)
    monkeypatch.setattr("glassnet.finetuning.comparison.MAX_FORGOTTEN_SHARE", 0.05)
    assert glassnet_in(*again)[0] == 0
    assert not old.exists()


def test_a_folder_without_mnist_is_said(glassnet_in, strange):
    code, _, err = glassnet_in("teach", "pretrained", strange, "--data-dir", "nowhere")
    assert code == 2 and "nowhere" in err


def test_the_command_refuses_to_save_what_got_worse(glassnet_in, strange, monkeypatch):
    from glassnet.finetuning import Report

    monkeypatch.setattr(Report, "worse", "it forgot 9.0 points of what it knew")
    monkeypatch.setattr("glassnet.recipe.known_data.has_mnist", lambda **_: False)
    code, _, err = glassnet_in("teach", "pretrained", strange)
    assert code == 1
    assert "no known digits are here" in err
    assert "not saved: it forgot 9.0 points" in err
    assert not (strange.parent / "runs").exists()


@pytest.fixture
def glassnet_in(tmp_path, monkeypatch, capsys):
    """Call ``glassnet`` in an empty folder."""
    from threadpoolctl import threadpool_limits

    from glassnet.cli import main

    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        with threadpool_limits(1), pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return end.value.code or 0, captured.out, captured.err

    return call


@pytest.mark.parametrize("name", ["seven", "Seven", "digit 7", "07", "7 ", "sevens", "batch1", "10", "train"])
def test_a_folder_that_is_no_class_is_refused(tmp_path, name):
    write(tmp_path / "own" / name, "1.png", DIGITS[7][0][1], 0)
    write(tmp_path / "own" / "3", "1.png", DIGITS[3][0][1], 0)
    with pytest.raises(DataError, match=r"this folder is no class. Expected one of 0, 1, 2") as caught:
        own_digits(tmp_path / "own", gn.pretrained())
    assert str(tmp_path / "own" / name) in str(caught.value)


def test_pictures_that_are_numbered_are_refused(tmp_path):
    for number in (1, 2, 11, 12):
        write(tmp_path / "own", f"{number}.png", DIGITS[7][0][1], number)
    with pytest.raises(DataError, match=r"11\.png: these pictures seem to be numbered \(1\.png, 11\.png"):
        own_digits(tmp_path / "own", gn.pretrained())


def test_file_numbers_in_a_folder_that_is_a_class_are_only_numbers(tmp_path):
    for number in (1, 2, 12):
        write(tmp_path / "own" / "parts" / "7", f"{number}.png", DIGITS[7][0][1], number)
    assert own_digits(tmp_path / "own", gn.pretrained()).labels.tolist() == [7, 7, 7]


def test_what_operating_systems_leave_is_no_picture(tmp_path):
    write(tmp_path / "own" / "7", "1.png", DIGITS[7][0][1], 1)
    write(tmp_path / "own" / "__MACOSX" / "seven", "1.png", DIGITS[7][0][1], 1)
    (tmp_path / "own" / "7" / "._1.png").write_bytes(b"\0\5\x16\7")
    own = own_digits(tmp_path / "own", gn.pretrained())
    assert own.labels.tolist() == [7] and own.left_out == ()
