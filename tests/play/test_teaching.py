"""Corrections: learned, measured, taken back, taken along."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(scope="module")
def odd(client):
    """A sample of the bundled digits that shall be taught as something else, as the page would send it."""
    sample = client.get("/api/data/digits/0").json()
    image = np.kron(np.reshape(sample["pixels"], (8, 8)), np.ones((3, 3)))
    padded = np.pad(image, 2) * 255 / 16
    return {"pixels": sample["pixels"], "image": padded.astype(int).ravel().tolist()}


def test_a_lesson_is_learned_measured_and_taken_back(client, ask, odd):
    before = ask("/api/look", model="digits", pixels=odd["pixels"])
    taught = ask("/api/teach", model="digits", label=3, **odd)
    assert taught["before"] == before["probabilities"]
    assert taught["after"][3] > 0.5 > taught["before"][3] and taught["corrections"] == 1
    assert taught["known"] > 300 and taught["known_before"] > 0.9 and 0.3 < taught["known_after"] <= 1
    after = ask("/api/look", model=taught["model"]["id"], pixels=odd["pixels"])
    assert after["probabilities"] == taught["after"]
    again = ask("/api/teach", model=taught["model"]["id"], label=3, **odd)
    assert again["corrections"] == 2 and again["model"]["title"].endswith("corrected 2×")

    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/teach/drawings").content))
    assert archive.namelist() == ["3_001.png", "3_002.png"]
    picture = np.asarray(Image.open(archive.open("3_001.png")))
    assert picture.shape == (28, 28) and (255 - picture).ravel().tolist() == odd["image"]

    assert ask("/api/teach/undo")["id"] == taught["model"]["id"]
    assert ask("/api/teach/undo")["id"] == "digits"
    assert client.post("/api/teach/undo").status_code == 409
    assert client.get("/api/teach/drawings").status_code == 404
    assert ask("/api/look", model="digits", pixels=odd["pixels"]) == before  # the old model never changed


def test_what_does_not_fit_is_said(client, odd):
    for change in ({"label": 10}, {"pixels": [0.0] * 63}, {"image": [0] * 783}):
        answer = client.post("/api/teach", json={"model": "digits", "label": 3, **odd, **change})
        assert answer.status_code == 422
    fresh = {"X-Glassnet-Session": client.post("/api/sessions").json()["session"]}
    assert client.post("/api/teach/undo", headers=fresh).status_code == 409


def test_a_model_of_measurements_cannot_be_taught_drawings(client, odd):
    import time

    client.post("/api/training", json={"data": "iris", "hidden": [4], "epochs": 1, "pace": 0})
    while client.get("/api/training").json()["status"] != "ended":
        time.sleep(0.05)
    id_ = client.post("/api/training/use").json()["id"]
    assert client.get(f"/api/models/{id_}").json()["image_shape"] is None
    answer = client.post("/api/teach", json={"model": id_, "label": 1, **odd})
    assert answer.status_code == 422 and "drawings" in answer.json()["detail"]
    drawing = {"strokes": [{"points": [[9, 9], [99, 99]]}]}
    answer = client.post("/api/read", json={"model": id_, "drawing": drawing})
    assert answer.status_code == 422 and "measurements" in answer.json()["detail"]
    sample = client.get("/api/data/iris/0").json()
    look = client.post("/api/look", json={"model": id_, "pixels": sample["pixels"]}).json()
    assert len(look["probabilities"]) == 3
