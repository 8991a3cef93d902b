"""What /openapi.json says is what is really sent: of right requests and of wrong ones."""

import io
import time

import pytest
from PIL import Image

from glassnet.play.app import create_app
from glassnet.play.settings import Limits, Settings


def conforms(value, schema, components):
    """Whether a value is as a schema says; as much of JSON Schema as FastAPI writes for this application."""
    if "$ref" in schema:
        return conforms(value, components[schema["$ref"].rpartition("/")[2]], components)
    if "anyOf" in schema:
        return any(conforms(value, each, components) for each in schema["anyOf"])
    if "enum" in schema and value not in schema["enum"]:
        return False
    kind = schema.get("type")
    if kind == "object":
        fields, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        return isinstance(value, dict) and all(
            conforms(value[name], fields[name], components)
            if name in fields
            else more is True or (isinstance(more, dict) and conforms(value[name], more, components))
            for name in {*value, *schema.get("required", ())}
            if name in value or pytest.fail(f"{name} is missing")
        )
    if kind == "array":
        items, first = schema.get("items", {}), schema.get("prefixItems", [])
        return isinstance(value, list) and all(
            conforms(item, first[i] if i < len(first) else items, components) for i, item in enumerate(value)
        )
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
    return kind is None or (isinstance(value, types[kind]) and (kind == "boolean") == isinstance(value, bool))


def test_the_check_itself_tells_right_from_wrong():
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "integer"}}}}
    assert conforms({"a": [1, 2]}, schema, {}) and not conforms({"a": ["x"]}, schema, {})
    assert not conforms({"a": [True]}, schema, {}) and not conforms([], schema, {})
    assert conforms(None, {"anyOf": [{"type": "null"}, {"$ref": "#/S"}]}, {"S": schema})
    assert not conforms("c", {"type": "string", "enum": ["a", "b"]}, {})


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """With patience for a training that nobody watches."""
    return create_app(Settings(runs=tmp_path_factory.mktemp("runs"), limits=Limits(grace_seconds=600)))


@pytest.fixture(scope="module")
def description(client):
    return client.get("/openapi.json").json()


def test_every_refusal_is_described_as_a_sentence(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"]["4XX"]["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, (method, path)
            assert "422" not in operation["responses"]
    schemas = description["components"]["schemas"]
    assert schemas["Problem"]["properties"] == {"detail": {"type": "string", "title": "Detail"}}
    assert "HTTPValidationError" not in schemas


PIXELS = [1.0] * 64
EXAMPLE = {"model": "digits", "pixels": PIXELS}
DRAWING = {"strokes": [{"points": [[100, 60], [105, 300]], "width": 24}]}
PNG = io.BytesIO()
Image.new("L", (40, 30), 255).save(PNG, "PNG")
TABLE = ("label,a,b\n" + "0,1,2\n1,2,1\n" * 20).encode()

# For every operation a right request; then wrong ones.
RIGHT = [
    ("post", "/api/sessions", {}),
    ("get", "/api/session", {}),
    ("get", "/api/models", {}),
    ("get", "/api/models/{model}", {"model": "digits"}),
    ("get", "/api/models/{model}/file", {"model": "digits"}),
    ("get", "/api/data", {}),
    ("post", "/api/data", {"content": TABLE}),
    ("get", "/api/data/{source}/{number}", {"source": "digits", "number": 3}),
    ("post", "/api/read", {"json": {"model": "digits", "drawing": DRAWING}}),
    ("post", "/api/pictures", {"content": PNG.getvalue()}),
    ("post", "/api/look", {"json": EXAMPLE}),
    ("post", "/api/unit", {"json": {**EXAMPLE, "layer": 0, "unit": 1}}),
    ("post", "/api/evidence", {"json": EXAMPLE}),
    ("post", "/api/step", {"json": {**EXAMPLE, "label": 3}}),
    ("post", "/api/step/matrix", {"json": {**EXAMPLE, "label": 3, "key": "0:X"}}),
    ("post", "/api/step/curve", {"json": {**EXAMPLE, "label": 3, "points": 3}}),
    ("get", "/api/training/options", {}),
    ("get", "/api/training", {}),
    ("post", "/api/training", {"json": {"hidden": [4], "epochs": 1, "pace": 0}}),
    ("post", "/api/training/{command}", {"command": "pause"}),
    ("post", "/api/training/use", {}),
    ("post", "/api/training/{command}", {"command": "stop"}),
    ("post", "/api/training/keep", {"json": {"name": "kept"}}),
    ("post", "/api/teach", {"json": {**EXAMPLE, "image": [0] * 784, "label": 3}}),
    ("get", "/api/teach/drawings", {}),
    ("post", "/api/teach/undo", {}),
]
WRONG = [
    ("get", "/api/models/{model}", {"model": "nothing"}),
    ("get", "/api/models/{model}/file", {"model": "nothing"}),
    ("post", "/api/data", {"content": b"\0"}),
    ("get", "/api/data/{source}/{number}", {"source": "digits", "number": "x"}),
    ("get", "/api/data/{source}/{number}", {"source": "nothing", "number": 0}),
    ("post", "/api/pictures", {"content": b"no picture"}),
    ("post", "/api/training/{command}", {"command": "explode"}),
    ("post", "/api/training/{command}", {"command": "pause"}),
    ("post", "/api/training", {"json": {"hidden": [-1]}}),
    ("post", "/api/training/keep", {"json": {"name": ""}}),
    ("post", "/api/teach/undo", {}),
    ("get", "/api/teach/drawings", {}),
    *(
        ("post", path, {"json": body})
        for path in ("/api/read", "/api/look", "/api/unit", "/api/evidence", "/api/step", "/api/step/matrix")
        for body in (None, {}, {"model": 1}, {**EXAMPLE, "pixels": []}, {**EXAMPLE, "more": 1})
    ),
    ("get", "/api/session", {"headers": {"Host": "evil.example"}}),
    ("post", "/api/look", {"headers": {"Origin": "http://evil.example"}, "json": EXAMPLE}),
]


def send(client, method, path, options):
    keys = {key: value for key, value in options.items() if key in ("json", "content", "headers")}
    return client.request(method, path.format(**options), **keys)


def check(description, method, path, answer):
    """The answer's status, kind and content stand in the description."""
    responses = description["paths"][path][method]["responses"]
    status = str(answer.status_code)
    described = responses.get(status) or responses[f"{status[0]}XX"]
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in described["content"], (method, path, status)
    if kind == "application/json":
        schema = described["content"][kind]["schema"]
        assert conforms(answer.json(), schema, description["components"]["schemas"]), answer.text[:500]


def test_every_operation_sends_what_is_described(client, description):
    asked = set()
    for method, path, options in RIGHT:
        if path == "/api/training/keep":
            while client.get("/api/training").json()["status"] not in ("ended", "failed"):
                time.sleep(0.05)
        answer = send(client, method, path, options)
        assert answer.status_code == 200, (path, answer.text)
        check(description, method, path, answer)
        asked.add((method, path))
    told = {(method, path) for path, methods in description["paths"].items() for method in methods}
    assert asked == told


@pytest.mark.parametrize(("method", "path", "options"), WRONG)
def test_every_refusal_is_what_is_described(client, description, method, path, options):
    answer = send(client, method, path, options)
    assert 400 <= answer.status_code < 500, answer.text
    check(description, method, path, answer)


def test_a_session_that_is_not_named_is_refused_in_words(client, description):
    visitor = type(client)(client.app, base_url=str(client.base_url))
    answer = visitor.get("/api/session")
    check(description, "get", "/api/session", answer)
    assert answer.json()["detail"] == "The session is missing."


def test_a_disk_that_is_full_is_said(client, description, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    answer = client.post("/api/pictures", content=PNG.getvalue())
    assert answer.status_code == 507 and "no space left on device" in answer.json()["detail"]
    check(description, "post", "/api/pictures", answer)
