"""The page without a server: opened from a file, it answers as the engine does."""

import base64
import json

import numpy as np
import pytest
from playwright.sync_api import expect

import glassnet as gn
from glassnet.data import Preparation
from glassnet.export import write_site
from glassnet.nn.activation import elementwise_names


@pytest.fixture
def opened(browser):
    """Open a folder's page as a file; at the end no error may stand in its console."""
    contexts, wrong = [], []

    def go(folder, width=1200, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((folder / "index.html").as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def draw(page, points):
    box = page.locator("#paper").bounding_box()
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


SEVEN = [(0.25, 0.25), (0.7, 0.25), (0.42, 0.82)]


def test_the_shipped_model_gives_the_same_answers_on_a_thousand_digits(opened, mnist, tmp_path):
    assert write_site(gn.pretrained(), tmp_path) <= 1_000_000
    page = opened(tmp_path)
    images = mnist[1].images[:1000]
    read = """text => {
      const pixels = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const row = (i) => [...pixels.subarray(784 * i, 784 * (i + 1))];
      return JSON.stringify([...Array(1000).keys()].map((i) => [...glassnet.probabilities(row(i))]));
    }"""
    given = np.array(json.loads(page.evaluate(read, base64.b64encode(images.tobytes()).decode())))
    expected = gn.pretrained().predict_proba(images)
    np.testing.assert_array_equal(given.argmax(axis=1), expected.argmax(axis=1))
    assert np.abs(given - expected).mean() < 1e-3  # weights of 8 bits


@pytest.mark.parametrize("name", elementwise_names())
def test_every_activation_and_normalisation(opened, name, rng, tmp_path):
    network = gn.mlp(784, 12, 10, activation=name, batch_norm=True, dropout=0.2, seed=0)
    network.theta[...] += 0.3 * rng.normal(size=network.theta.size).astype(np.float32)
    network.state[...] = rng.uniform(0.5, 2, network.state.size)
    for layer in network.layers[::4]:  # whole numbers of 1/127: kept exactly in 8 bits
        largest = np.abs(layer.W).max(axis=0)
        layer.W[...] = np.rint(layer.W / largest * 127) * (largest / 127)
    model = gn.Model(network, Preparation("unit", 0.0, 1 / 255), list("0123456789"), (28, 28))
    write_site(model, tmp_path)
    image = rng.integers(0, 256, (1, 28, 28), np.uint8)
    given = opened(tmp_path).evaluate("row => glassnet.probabilities(row)", image.ravel().tolist())
    np.testing.assert_allclose(given, model.predict_proba(image)[0], atol=2e-3)


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_a_drawing_is_read_and_looked_into(opened, tmp_path, width, scheme):
    write_site(gn.pretrained(), tmp_path)
    page = opened(tmp_path, width, scheme)
    said = page.locator("#said")
    expect(said).to_have_text("Nothing is drawn yet.")
    draw(page, SEVEN)
    expect(said).to_contain_text("It reads 7")
    expect(page.locator("#why-said")).to_contain_text("Why 7 and not")
    page.locator(".layer").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#unit-said")).to_contain_text("hidden 1, unit 1: Z = ")
    page.locator(".layer").last.click(position={"x": 20, "y": 10})
    expect(page.locator("#unit-said")).to_contain_text("Most from unit")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Undo").click()
    expect(said).to_have_text("Nothing is drawn yet.")


def test_what_is_no_digit_is_said(opened, tmp_path):
    write_site(gn.pretrained(), tmp_path)
    page = opened(tmp_path)
    draw(page, [(0.1, 0.9), (0.25, 0.1), (0.5, 0.7), (0.75, 0.1), (0.9, 0.9)])  # an M
    expect(page.locator("#said")).to_contain_text("Not a digit")


def test_the_evidence_adds_up_to_the_logits(opened, mnist, tmp_path):
    write_site(gn.pretrained(), tmp_path)
    page = opened(tmp_path)
    row = mnist[1].images[0].ravel().tolist()
    found = page.evaluate(
        """row => { const arrays = glassnet.forward(row), Z = arrays.at(-2);
        const zero = glassnet.evidence(glassnet.forward(row), 7, 1), sum = zero.reduce((a, b) => a + b, 0);
        return [sum, Z[7] - Z[1]]; }""",
        row,
    )
    evidence = gn.nn.find_evidence(gn.pretrained().network, mnist[1].images[0].ravel() / np.float32(255))
    values, bias = evidence.difference(7, 1)
    assert found[0] == pytest.approx(values.sum(), rel=0.03)  # weights of 8 bits
    assert found[1] == pytest.approx(values.sum() + bias, rel=0.03)


@pytest.mark.parametrize("shape", [(8, 8), None])
def test_other_models_are_refused(tmp_path, shape):
    prepared = Preparation("unit", 0.0, 1 / 16)
    model = gn.Model(gn.mlp(64, 10, seed=0), prepared, list("0123456789"), shape)
    with pytest.raises(gn.DataError, match="28×28"):
        write_site(model, tmp_path / "site")
    standard = Preparation("standard", np.zeros(784), np.ones(784))
    with pytest.raises(gn.DataError, match="prepared all alike"):
        write_site(gn.Model(gn.mlp(784, 10), standard, list("0123456789"), (28, 28)), tmp_path / "site")
    numbers = gn.Model(gn.mlp(784, 10), Preparation(), list("0123456789"), (28, 28))
    with pytest.raises(gn.DataError, match="pixels from 0 to 255"):
        write_site(numbers, tmp_path / "site")
    unit = Preparation("unit", 0.0, 1 / 255)
    yes_or_no = gn.Model(gn.mlp(784, 1, loss="log_loss"), unit, ["1", "7"], (28, 28))
    with pytest.raises(gn.DataError, match="an output for each class"):
        write_site(yes_or_no, tmp_path / "site")
    assert not (tmp_path / "site").exists()
