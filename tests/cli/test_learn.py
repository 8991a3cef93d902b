"""``glassnet learn``, as a learner and a teacher use it."""

import csv
import json
import time

import pytest

from glassnet.learn import ORDER, load_exercise, mark_file

RIGHT = load_exercise("pixels").solution
WRONG = RIGHT.replace("pixels / 255", "pixels / 256")


@pytest.fixture
def folder(glassnet, tmp_path):
    assert glassnet("learn", "start")[0] == 0
    return tmp_path / "exercises"


def test_without_exercises_one_is_told_how_to_begin(glassnet):
    code, _, err = glassnet("learn")
    assert code == 2
    assert "glassnet learn start" in err


def test_start_lays_out_a_file_for_each_and_never_over_one(glassnet, folder):
    files = sorted(path.name for path in folder.glob("*.py"))
    assert files == [f"{number:02d}_{name}.py" for number, name in enumerate(ORDER, start=1)]
    (folder / files[0]).write_text("mine", encoding="utf-8")
    (folder / files[1]).unlink()
    assert "1 files written" in glassnet("learn", "start")[1]
    assert (folder / files[0]).read_text(encoding="utf-8") == "mine"


def test_the_next_one_is_marked_and_the_code_says_whether_it_is_right(glassnet, folder):
    code, out, _ = glassnet("learn")
    assert code == 1 and "still to be written" in out
    (folder / "01_pixels.py").write_text(WRONG, encoding="utf-8")
    code, out, _ = glassnet("learn")
    assert code == 1 and "✗ 01_pixels.py" in out and "yours" in out and "expected" in out
    (folder / "01_pixels.py").write_text(RIGHT, encoding="utf-8")
    assert glassnet("learn", "check", "1")[0] == 0
    code, out, _ = glassnet("learn")
    assert code == 1 and ORDER[1] in out


@pytest.mark.parametrize("name", ["pixels", "1", "01", "01_pixels", "01_pixels.py", "exercises/01_pixels.py"])
def test_an_exercise_may_be_called_in_every_way(glassnet, folder, name):
    (folder / "01_pixels.py").write_text(RIGHT, encoding="utf-8")
    code, out, err = glassnet("learn", "check", name)
    assert code == 0, err
    assert "pixels" in out


@pytest.mark.parametrize("name", ["nonsense", "0", "999", "99_nonsense.py"])
def test_what_is_no_exercise_is_refused(glassnet, folder, name):
    code, _, err = glassnet("learn", "check", name)
    assert code == 2
    assert "pixels" in err


def test_from_within_the_folder_and_by_name(glassnet, folder, monkeypatch):
    assert glassnet("learn", "list", "--folder", "exercises")[0] == 1
    assert glassnet("learn", "--folder", "exercises", "list")[0] == 1
    monkeypatch.chdir(folder)
    assert f"0 of {len(ORDER)}" in glassnet("learn", "list")[1]
    code, _, err = glassnet("learn", "check", "--folder", "elsewhere")
    assert code == 2 and "elsewhere" in err


def test_json_for_editors(glassnet, folder):
    (folder / "01_pixels.py").write_text(WRONG, encoding="utf-8")
    verdict = json.loads(glassnet("learn", "check", "pixels", "--json")[1])
    assert verdict["status"] == "named" and verdict["file"] == "01_pixels.py"
    lines = [json.loads(line) for line in glassnet("learn", "list", "--json")[1].splitlines()]
    assert [line["exercise"] for line in lines] == list(ORDER)


def test_hints_say_a_little_more_each_time(glassnet, folder):
    hints = [glassnet("learn", "hint")[1] for _ in range(4)]
    assert len(set(hints)) == 3
    assert hints[2] == hints[3]
    (folder / ".hints.json").write_text("[", encoding="utf-8")
    assert glassnet("learn", "hint")[1] == hints[0]


def test_a_solution_is_shown_when_solved_or_given_up(glassnet, folder):
    code, out, err = glassnet("learn", "solution", "pixels")
    assert code == 2 and "--give-up" in err and "255" not in out
    assert "pixels / 255" in glassnet("learn", "solution", "pixels", "--give-up")[1]
    (folder / "01_pixels.py").write_text(RIGHT, encoding="utf-8")
    assert "pixels / 255" in glassnet("learn", "solution", "pixels")[1]


def test_watch_marks_each_save_and_stays_at_success_until_one_goes_on(start, glassnet, folder):
    process = start("learn", "watch", "--json", stdin=-1)
    file = folder / "01_pixels.py"

    def verdict():
        return json.loads(process.stdout.readline())

    assert verdict()["status"] == "unstarted"
    for text, status in ((WRONG, "named"), (RIGHT, "right")):
        file.write_text(text, encoding="utf-8")
        assert verdict()["status"] == status
    time.sleep(0.3)
    file.write_text(RIGHT + "\n", encoding="utf-8")  # still there: it did not go on by itself
    assert verdict()["exercise"] == "pixels"
    process.stdin.write("\n")
    process.stdin.flush()
    assert verdict()["exercise"] == ORDER[1]
    process.stdin.write("h\nq\n")
    process.stdin.flush()
    assert process.wait(20) == 0


@pytest.fixture
def school(tmp_path):
    """Four pupils: right, wrong, wrong in the same words, and one who did not begin."""
    from glassnet.learn import Course

    place = tmp_path / "class <7b>"
    for name, text in (("Ada", RIGHT), ("Ben & Bo", WRONG), ("Cleo", "# mine\n" + WRONG), ("Dan", None)):
        Course(place / name).start()
        if text is not None:
            (place / name / "01_pixels.py").write_text(text, encoding="utf-8")
    (place / "Dan" / "01_pixels.py").write_bytes(b"\xff\xfe\x00 no text")
    (place / ".git").mkdir()
    (place / "notes").mkdir()
    return place


def test_a_class_is_marked(glassnet, school, tmp_path):
    code, out, err = glassnet("learn", "mark", school)
    assert code == 0, err
    assert "2 × pixels" in out
    with (tmp_path / "class <7b>.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["pupil"]: row for row in csv.DictReader(lines)}
    assert list(rows) == ["Ada", "Ben & Bo", "Cleo", "Dan"]
    assert rows["Ada"]["pixels"] == "right" and rows["Ada"]["solved"] == "1"
    assert rows["Ben & Bo"]["pixels"] == rows["Cleo"]["pixels"] != "right"
    assert "UTF-8" in rows["Dan"]["pixels"]
    page = (tmp_path / "class <7b>.html").read_text(encoding="utf-8")
    assert "Ben &amp; Bo" in page and "<7b>" not in page
    assert "<b>pixels</b>: Ben &amp; Bo, Cleo" in page.partition("Equal files")[2]
    assert "http" not in page


def test_a_class_that_is_none_is_refused(glassnet, tmp_path):
    assert "no such folder" in glassnet("learn", "mark", "nowhere")[2]
    (tmp_path / "empty" / "somebody").mkdir(parents=True)
    code, _, err = glassnet("learn", "mark", "empty")
    assert code == 2 and "01_pixels.py" in err


def test_no_pupil_can_read_or_change_anothers_work(glassnet, tmp_path):
    from glassnet.learn import Course

    place = tmp_path / "class"
    for name in ("Ada", "Mallory"):
        Course(place / name).start()
    (place / "Ada" / "01_pixels.py").write_text(RIGHT, encoding="utf-8")
    attack = (
        "import glob\n"
        f"for path in [{str(place / 'Ada' / '01_pixels.py')!r}, {str(tmp_path / 'class.csv')!r}]:\n"
        "    try:\n"
        "        print(open(path).read())\n"
        "        open(path, 'w').write('spoiled')\n"
        "    except BaseException as error:\n"
        "        print(type(error))\n"
    )
    (place / "Mallory" / "01_pixels.py").write_text(attack + WRONG, encoding="utf-8")
    assert glassnet("learn", "mark", place)[0] == 0
    assert (place / "Ada" / "01_pixels.py").read_text(encoding="utf-8") == RIGHT
    assert "spoiled" not in (tmp_path / "class.csv").read_text(encoding="utf-8")

    assert (
        "scale_pixels" not in mark_file(load_exercise("pixels"), place / "Mallory" / "01_pixels.py").printed
    )
