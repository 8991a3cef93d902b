"""``glassnet predict`` on pictures."""

import json

import numpy as np
import pytest
from PIL import Image
from tools.pretrained.drawing import drawn
from tools.pretrained.shapes import DIGITS, OTHERS


@pytest.fixture
def picture(tmp_path):
    """Write a picture of a 4 and a 2."""

    def write(name="number.png"):
        rng = np.random.default_rng(1)
        digits = [drawn(DIGITS[digit][0][1], rng) for digit in (4, 2)]
        large = np.kron(np.hstack(digits), np.ones((4, 4), np.uint8))
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(255 - np.pad(large, 30)).save(path)
        return path

    return write


def test_a_picture_is_read_without_any_training(glassnet, picture):
    code, out, err = glassnet("predict", picture())
    assert code == 0
    assert "number.png  42  (4: " in out
    assert err == ""


def test_boxes_and_steps_are_drawn(glassnet, picture, tmp_path):
    code, out, _ = glassnet("predict", picture(), "--save", "read.png", "--steps", "steps.webp")
    assert code == 0
    assert "written: read.png" in out
    for name in ("read.png", "steps.webp"):
        with Image.open(tmp_path / name) as image:
            assert image.width >= 900


def test_a_folder_is_read_with_one_line_each_and_one_bad_file_is_told(glassnet, picture, tmp_path):
    for k in range(5):
        picture(f"scans/{k}.png")
    (tmp_path / "scans" / "bad.png").write_text("no picture")
    code, out, err = glassnet("predict", "scans", "--save", "drawn")
    assert code == 2
    assert out.count("  42  ") == 5
    assert "bad.png: not a picture" in err
    assert "1 of 6 pictures could not be read" in err
    assert len(list((tmp_path / "drawn").iterdir())) == 5


@pytest.mark.parametrize("name", ["bad.png", "photo.HEIC"])
def test_one_file_that_is_no_picture_is_told_once(glassnet, tmp_path, name):
    (tmp_path / name).write_bytes(b"no picture")
    code, _, err = glassnet("predict", name)
    assert code == 2
    assert err.count("glassnet: ") == 1 and "save it as PNG" in err


def test_what_a_file_is_comes_before_the_model(glassnet, tmp_path):
    (tmp_path / "drawing.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe\x00")
    code, _, err = glassnet("predict", "drawing.pdf")
    assert code == 2 and "neither text nor a format that is known" in err


def test_drawings_of_equal_names_lie_side_by_side_and_no_picture_is_overwritten(glassnet, picture, tmp_path):
    before = [picture(f"scans/{name}").read_bytes() for name in ("a.png", "a.jpg")]
    code, _, _ = glassnet("predict", "scans", "--save", "scans", "--steps", "scans")
    assert code == 0
    assert [(tmp_path / "scans" / name).read_bytes() for name in ("a.png", "a.jpg")] == before
    drawn = {path.name for path in (tmp_path / "scans").iterdir()}
    assert drawn == {"a.png", "a.jpg", "a-2.png", "a-3.png", "a-4.png", "a-5.png"}


def test_json_has_boxes_and_what_was_rejected(glassnet, picture):
    code, out, _ = glassnet("predict", picture(), "--json")
    content = json.loads(out)
    assert code == 0
    assert content["text"] == "42"
    assert len(content["digits"][0]["box"]) == 4
    assert content["rejected"] == []


def test_an_empty_page_says_why(glassnet, tmp_path):
    Image.new("L", (200, 100), 240).save(tmp_path / "empty.png")
    code, out, _ = glassnet("predict", "empty.png")
    assert code == 0
    assert out.strip().endswith("There is no ink.")


def test_what_is_rejected_is_told_with_its_place(glassnet, tmp_path):
    rng = np.random.default_rng(2)
    both = [drawn(DIGITS[5][0][1], rng), drawn(OTHERS["star outline"], rng)]
    large = np.kron(np.hstack(both), np.ones((4, 4), np.uint8))
    Image.fromarray(255 - np.pad(large, 30)).save(tmp_path / "two.png")
    code, out, _ = glassnet("predict", "two.png")
    assert code == 0
    assert "two.png  5  (5: " in out
    assert "not like a digit: " in out
    assert " pixels at (" in out
    code, out, _ = glassnet("predict", "two.png", "--threshold", "0")
    assert "not like" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["number.png", "--save", "a.xyz"], "written as .png"),
        (["number.png", "empty/notes.txt"], "Give either pictures or files of data"),
        (["number.png", "train.csv"], "train.csv: there is no such file"),
        (["nowhere.txt"], "nowhere.txt: there is no such file"),
        (["number.png", "--save", "number.png"], "number.png is read or drawn already"),
        (["number.png", "--save", "a.png", "--steps", "a.png"], "a.png is read or drawn already"),
        (["number.png", "two.png", "--save", "both.png"], "both.png is one file, but 2 pictures are read"),
        (["number.png", "two.png", "--steps", "both.png"], "Give a folder for their drawings, such as both"),
        (["train.csv", "--steps", "a.png"], "--steps is for pictures"),
        (["number.png", "--model", "nothing"], "nothing: there is no such file"),
        (["nothing_in_it"], "the folder is empty"),
    ],
)
def test_wrong_use_is_said_in_one_message(glassnet, picture, tmp_path, arguments, said):
    picture()
    picture("two.png")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").touch()
    (tmp_path / "nothing_in_it").mkdir()
    code, out, err = glassnet("predict", *arguments)
    assert code == 2
    assert said in err
    assert out == ""
