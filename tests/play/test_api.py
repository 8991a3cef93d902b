"""The endpoints: their numbers are the engine's, and nothing that is sent makes them fall over."""

import io
import json
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from glassnet.explain import evidence_of, trace_one


@pytest.fixture(scope="module")
def item(app, client):
    """The model that pages begin with, as the server holds it."""
    return app.state.services.models.get("digits")


@pytest.fixture
def sample(client):
    return client.get("/api/data/digits/3").json()


def test_a_session_begins_and_goes_on(client):
    answer = client.get("/api/session").json()
    assert answer["session"] == client.headers["X-Glassnet-Session"]
    assert answer["model"] == "pretrained"
    assert [model["id"] for model in answer["models"][:2]] == ["pretrained", "digits"]
    lost = client.get("/api/session", headers={"X-Glassnet-Session": "guess"})
    assert lost.status_code == 410 and "Reload" in lost.json()["detail"]


def test_a_drawing_is_read(ask, seven):
    reading = ask("/api/read", drawing=seven, model="digits")
    (digit,) = reading["digits"] or [reading["refused"][0]["guess"]]
    assert len(digit["pixels"]) == 64 and max(digit["pixels"]) <= 16 and len(digit["image"]) == 784
    assert digit["confidence"] == max(digit["probabilities"]) and sum(
        digit["probabilities"]
    ) == pytest.approx(1)
    assert digit["runner_up"]["confidence"] == sorted(digit["probabilities"])[-2]
    left, top, right, bottom = digit["box"]
    assert 100 < left < 125 and 40 < top < 50 and 295 < right < 310 and 305 < bottom < 320
    pictures = [Image.open(io.BytesIO(b64decode(step["png"]))) for step in digit["steps"]]
    assert pictures and max(max(picture.size) for picture in pictures) <= 112


def test_digits_side_by_side_are_read_in_order(ask):
    ones = [{"points": [[x, 80], [x, 280]], "width": 20} for x in (100, 240, 380)]
    ones[1] = {
        "points": [[200 + 40 * np.cos(a), 180 + 90 * np.sin(a)] for a in np.linspace(0, 6.28, 30)],
        "width": 20,
    }
    reading = ask("/api/read", drawing={"strokes": ones}, model="digits")
    boxes = [piece["box"][0] for piece in reading["digits"]]
    assert boxes == sorted(boxes) and len(reading["digits"]) + len(reading["refused"]) == 3


def test_empty_paper_is_refused_with_the_reason(ask):
    reading = ask("/api/read", drawing={"strokes": []}, model="digits")
    assert reading["text"] == "" and reading["reason"] and reading["digits"] == []


def test_a_picture_is_opened_and_read_with_strokes_on_it(client, ask, seven):
    picture = Image.new("L", (300, 200), 255)
    picture.paste(0, (100, 40, 120, 160))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    opened = client.post("/api/pictures", content=buffer.getvalue()).json()
    assert (opened["width"], opened["height"]) == (300, 200)
    reading = ask("/api/read", drawing={"picture": opened["picture"]}, model="digits")
    piece = (reading["digits"] or reading["refused"])[0]
    left, top, right, bottom = piece["box"]  # 300×200 fits into 480×360 with a factor of 1.6, 20 from the top
    assert left == pytest.approx(160, abs=3) and right == pytest.approx(192, abs=3)
    assert top == pytest.approx(84, abs=3) and bottom == pytest.approx(276, abs=3)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"GIF89a"])
def test_what_is_no_picture_is_said(client, content):
    answer = client.post("/api/pictures", content=content)
    assert answer.status_code == 422 and "The picture" in answer.json()["detail"]
    assert "/tmp" not in answer.json()["detail"]


def test_looking_shows_the_traces_own_numbers(ask, item, sample):
    trace = trace_one(item.model, sample["pixels"])
    look = ask("/api/look", model="digits", pixels=sample["pixels"])
    for shown, layer in zip(look["layers"], trace.layers, strict=True):
        assert shown["Z"] == layer.Z[0].tolist() and shown["A"] == layer.A[0].tolist()
    unit = ask("/api/unit", model="digits", pixels=sample["pixels"], layer=0, unit=5)
    first = trace.layers[0]
    assert unit["Z"] == first.Z[0, 5] and unit["A"] == first.A[0, 5] and unit["b"] == first.b[5]
    assert unit["weights"] == first.W[:, 5].tolist()
    assert sum(unit["contributions"]) + unit["b"] == pytest.approx(unit["Z"], abs=1e-4)
    assert unit["inputs"][0]["unit"] == int(np.argmax(np.abs(first.X[0] * first.W[:, 5])))


def test_the_evidence_is_the_engines(ask, item, sample):
    found = evidence_of(item.model, sample["pixels"])
    told = ask("/api/evidence", model="digits", pixels=sample["pixels"])
    winner, runner_up = found.ranking[:2]
    assert (told["winner"], told["runner_up"], told["exact"]) == (winner, runner_up, True)
    assert told["maps"][0]["values"] == found.contributions[winner].tolist()
    assert told["maps"][2]["total"] + told["maps"][2]["bias"] == pytest.approx(
        found.logits[winner] - found.logits[runner_up]
    )


def test_many_tabs_may_ask_one_model_at_once(ask, client, item):
    samples = [client.get(f"/api/data/digits/{number}").json()["pixels"] for number in range(24)]
    expected = [evidence_of(item.model, pixels).logits.tolist() for pixels in samples]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda pixels: ask("/api/evidence", model="digits", pixels=pixels), samples))
    assert [answer["logits"] for answer in told] == expected


def test_a_step_goes_forward_back_and_through_the_update(client, ask, item, sample):
    asked = {"model": "digits", "pixels": sample["pixels"], "label": 5, "learning_rate": 0.05}
    trace = trace_one(item.model, sample["pixels"], 5, 0.05)
    answer = ask("/api/step", **asked)
    phases = [station["phase"] for station in answer["stations"]]
    assert list(dict.fromkeys(phases)) == ["forward", "loss", "backward", "update"]
    assert (answer["loss_before"], answer["loss_after"]) == (trace.loss_before, trace.loss_after)
    assert answer["after"] == trace.A_after[0].tolist()
    station = next(s for s in answer["stations"] if s["phase"] == "backward" and "dW" in s["formula"])
    key = next(m["key"] for m in station["matrices"] if m["letter"] == "dW")
    binary = client.post("/api/step/matrix", json={**asked, "key": key})
    shape = tuple(map(int, binary.headers["X-Shape"].split(",")))
    assert np.array_equal(np.frombuffer(binary.content, "<f4").reshape(shape), trace.layers[-1].dW)


def test_the_curve_holds_the_loss_after_each_step(ask, item, sample):
    curve = ask("/api/step/curve", model="digits", pixels=sample["pixels"], label=5, points=5)
    rate, loss = curve["learning_rates"][2], curve["losses"][2]
    assert loss == trace_one(item.model, sample["pixels"], 5, rate).loss_after
    assert curve["learning_rates"][0] == pytest.approx(0.001) and len(curve["losses"]) == 5


def test_models_are_introduced_and_can_be_taken_along(client, item):
    told = client.get("/api/models/digits").json()
    assert [layer["units"] for layer in told["layers"]] == [128, 64, 10] and told["pixel_max"] == 16
    assert told["parameters"] == item.model.network.n_parameters and "test accuracy" in told["figures"]
    file = client.get("/api/models/digits/file")
    assert file.content[8:9] == b"{" and "digits.safetensors" in file.headers["content-disposition"]
    assert client.get("/api/models/run:..").status_code == 404


@pytest.mark.parametrize("id_", ["nothing", "run:../../etc", "own", "pretrained/x"])
def test_models_that_are_not_there_are_404(client, id_):
    assert client.get(f"/api/models/{id_}").status_code == 404


def test_a_table_can_be_uploaded(client, ask):
    rows = "\n".join(f"{i % 3},{i % 3 + i / 100},{-(i % 3)}" for i in range(60))
    named = client.post("/api/data?title=mine.csv", content=f"label,a,b\n{rows}\n").json()
    assert named["title"] == "mine.csv"
    shown = client.get(f"/api/data/{named['id']}/4").json()
    assert shown["pixels"] == [1.04, -1.0] and shown["name"] == "1" and shown["samples"] == 60
    assert named["id"] in [source["id"] for source in client.get("/api/data").json()]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"label,a\nx\n", b"\0\1\2"])
def test_tables_that_cannot_be_used_are_422(client, content):
    answer = client.post("/api/data?title=bad.csv", content=content)
    assert answer.status_code == 422 and "bad.csv" in answer.json()["detail"]


@pytest.mark.parametrize("where", ["digits/-1", "digits/100000", "nothing/0"])
def test_samples_that_are_not_there_are_404(client, where):
    assert client.get(f"/api/data/{where}").status_code == 404


def test_the_docs_are_our_own(client):
    assert client.get("/docs").text.startswith("<!doctype html>")
    assert client.get("/openapi.json").json()["info"]["title"] == "Glassnet play"


BODIES = {
    "/api/read": {"drawing": {"strokes": [{"points": [[1, 2], [50, 60]], "width": 9}]}, "model": "digits"},
    "/api/look": {"model": "digits", "pixels": [1.0] * 64},
    "/api/unit": {"model": "digits", "pixels": [1.0] * 64, "layer": 0, "unit": 0},
    "/api/evidence": {"model": "digits", "pixels": [1.0] * 64},
    "/api/step": {"model": "digits", "pixels": [1.0] * 64, "label": 1, "learning_rate": 0.1},
    "/api/step/matrix": {"model": "digits", "pixels": [1.0] * 64, "key": "0:X"},
    "/api/step/curve": {"model": "digits", "pixels": [1.0] * 64, "label": 1, "points": 2},
    "/api/teach": {"model": "digits", "pixels": [1.0] * 64, "image": [0] * 784, "label": 99},
    "/api/training": {"data": "nothing"},
    "/api/training/keep": {"name": "x"},
}
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.lists(st.integers(-5, 300), max_size=70), st.dictionaries(st.text(max_size=5), st.integers()),
    st.sampled_from(["digits", "../..", "0:X", 1e308, -1, 10**30, [[1, 2]], [{"points": []}], {}]),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_is_sent_makes_the_server_fall_over(client, data):
    path = data.draw(st.sampled_from(sorted(BODIES)))
    body = json.loads(json.dumps(BODIES[path]))
    place = body
    if path == "/api/read" and data.draw(st.booleans()):
        place = body["drawing"]
    key = data.draw(st.sampled_from([*sorted(place), "unknown"]))
    place[key] = data.draw(JUNK)
    answer = client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.status_code < 500, (path, body)
    if answer.status_code != 200:
        assert isinstance(answer.json()["detail"], str)


def test_what_is_no_json_is_422(client):
    for content in (b"", b"{", b"[]", b"\xff\xfe", b'{"drawing": NaN}'):
        answer = client.post("/api/read", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), content


def test_a_drawing_has_its_limits(client):
    strokes = [{"points": [[1, 1]]}] * 401
    answer = client.post("/api/read", json={"drawing": {"strokes": strokes}, "model": "digits"})
    assert answer.status_code == 413
    gone = client.post("/api/read", json={"drawing": {"picture": "99"}, "model": "digits"})
    assert gone.status_code == 404
