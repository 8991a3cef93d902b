"""``glassnet submit``: Kaggle's file, checked before it is written."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.pretraining import SHIPPED


@pytest.fixture
def kaggle(tmp_path, mnist):
    """Twelve digits as Kaggle's test.csv and train.csv have them; and the sample submission."""
    some = mnist[1].take(np.arange(12))
    header = ",".join(f"pixel{k}" for k in range(784))
    rows = some.images.reshape(12, -1)
    np.savetxt(tmp_path / "test.csv", rows, fmt="%d", delimiter=",", header=header, comments="")
    labelled = np.column_stack([some.labels, rows])
    np.savetxt(
        tmp_path / "train.csv", labelled, fmt="%d", delimiter=",", header=f"label,{header}", comments=""
    )
    lines = "".join(f"{k},0\n" for k in range(1, 13))
    (tmp_path / "sample.csv").write_text(f"ImageId,Label\n{lines}")
    return some


def test_a_line_for_each_image_from_1_with_whole_numbers(glassnet, kaggle, tmp_path):
    code, out, _ = glassnet("submit", SHIPPED, "test.csv", "--sample", "sample.csv")
    assert code == 0
    assert "12 answers: submission.csv" in out
    lines = (tmp_path / "submission.csv").read_bytes().decode().split("\n")
    read = gn.pretrained().predict(kaggle.images)
    assert lines == ["ImageId,Label", *(f"{k},{label}" for k, label in enumerate(read, 1)), ""]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train.csv"], "train.csv has labels"),
        (["nothing.csv"], "nothing.csv"),
        (["test.csv", "--sample", "short.csv"], "short.csv has 1 images, test.csv has 12"),
        (["test.csv", "--sample", "test.csv"], "is no sample submission"),
        (["test.csv", "--sample", "nothing.csv"], "nothing.csv: there is no such file"),
        (["test.csv", "-o", "test.csv"], "test.csv is read; the submission would take its place"),
        (["test.csv", "--sample", "sample.csv", "-o", "sample.csv"], "sample.csv is read"),
        (["test.csv", "-o", "."], "is a folder"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(glassnet, kaggle, tmp_path, arguments, said):
    (tmp_path / "short.csv").write_text("ImageId,Label\n1,0\n")
    (tmp_path / "submission.csv").write_text("the old one")
    code, _, err = glassnet("submit", SHIPPED, *arguments, "--force")
    assert code == 2
    assert said in err
    assert (tmp_path / "submission.csv").read_text() == "the old one"


def test_the_numbers_of_the_sample_are_taken(glassnet, kaggle, tmp_path):
    (tmp_path / "sample.csv").write_text("id,label\n" + "".join(f"{k},0\n" for k in range(12)))
    assert glassnet("submit", SHIPPED, "test.csv", "--sample", "sample.csv")[0] == 0
    read = gn.pretrained().predict(kaggle.images)
    lines = (tmp_path / "submission.csv").read_text().splitlines()
    assert lines == ["id,label", *(f"{k},{label}" for k, label in enumerate(read))]


def test_a_sample_of_as_many_images_in_another_order_is_refused_with_the_line(glassnet, kaggle, tmp_path):
    numbers = [1, 2, 3, 5, 4, *range(6, 13)]
    (tmp_path / "sample.csv").write_text("ImageId,Label\n" + "".join(f"{k},0\n" for k in numbers))
    code, _, err = glassnet("submit", SHIPPED, "test.csv", "--sample", "sample.csv")
    assert code == 2 and "sample.csv, line 5: found the image 5 where 4 was expected" in err


def test_row_numbers_and_fractions_are_no_hindrance(glassnet, kaggle, tmp_path):
    rows = np.column_stack([np.arange(12), kaggle.flat])
    header = "id," + ",".join(f"pixel{k}" for k in range(784))
    np.savetxt(tmp_path / "numbered.csv", rows, fmt="%d", delimiter=",", header=header, comments="")
    np.savez(tmp_path / "fractions.npz", images=kaggle.images / 255)
    read = [f"{k},{label}" for k, label in enumerate(gn.pretrained().predict(kaggle.images), 1)]
    for name in ("numbered.csv", "fractions.npz"):
        assert glassnet("submit", SHIPPED, name, "--force")[0] == 0
        assert (tmp_path / "submission.csv").read_text().splitlines()[1:] == read


def test_a_model_of_other_things_is_refused(glassnet, kaggle, tmp_path):
    network = gn.mlp(784, 2, seed=0)
    gn.Model(network, gn.data.Preparation("unit", 0.0, 1 / 255), ["cat", "dog"], (28, 28)).save(
        tmp_path / "cats.safetensors"
    )
    small = gn.Model(
        gn.mlp(64, 10, seed=0), gn.data.Preparation("unit", 0.0, 1 / 16), list("0123456789"), (8, 8)
    )
    small.save(tmp_path / "small.safetensors")
    assert "classes are cat, dog" in glassnet("submit", "cats.safetensors", "test.csv")[2]
    assert "784 pixels, but the model reads 64" in glassnet("submit", "small.safetensors", "test.csv")[2]


def test_a_labelled_file_is_asked_for_where_one_is_needed(glassnet, kaggle):
    code, _, err = glassnet("train", "test.csv")
    assert code == 2
    assert "has no labels" in err
