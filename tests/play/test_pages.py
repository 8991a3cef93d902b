"""Look inside, Step, Train and Learn in a real browser; every page on a phone, in the dark, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from glassnet.explain import trace_one
from glassnet.explain.seeing import see
from glassnet.model import Model
from glassnet.play.rasterize import Stroke, rasterize

PAGES = ("draw", "look", "step", "train", "learn")


@pytest.fixture(scope="session")
def traced_seven(reader_run, examples):
    """The engine's own trace of the example drawing that pages begin with."""
    model = Model.load(reader_run)
    strokes = [Stroke(s["points"], s["width"], s["erase"]) for s in examples[7]]
    (digit,) = see(rasterize(strokes, 480, 360), model).digits
    return trace_one(model, digit.pixels.ravel())


def number(page, selector):
    return float(page.locator(selector).get_attribute("data-value"))


# --- Look inside -------------------------------------------------------------------------------------------


def test_a_units_numbers_are_the_traces(visit, traced_seven):
    page = visit("#page=look&layer=0&unit=5")
    page.get_by_role("heading", name="hidden 1, unit 5").wait_for()
    first = traced_seven.layers[0]
    assert number(page, "#unit-z") == first.Z[0, 5] and number(page, "#unit-a") == first.A[0, 5]
    page.get_by_role("button", name="Next unit").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="hidden 1, unit 6").wait_for()
    expect(page.get_by_role("button", name="Next unit")).to_be_focused()  # for the next one
    assert number(page, "#unit-z") == first.Z[0, 6]
    expect(page).to_have_url(re.compile("unit=6"))
    page.get_by_role("button", name="Unit of 3").click()
    page.get_by_role("heading", name="Output 3").wait_for()
    assert number(page, "#unit-a") == traced_seven.A[0, 3]
    expect(page.locator(".lines path").nth(3)).to_be_attached()


def test_a_tile_is_chosen_by_clicking_and_by_keys(visit):
    page = visit("#page=look&model=digits")
    tiles = page.get_by_label("hidden 1, 128 units")
    tiles.wait_for()
    box = tiles.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 2.5 / 12, box["y"] + box["height"] * 1.5 / 11)
    page.get_by_role("heading", name="hidden 1, unit 14").wait_for()
    tiles.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="hidden 1, unit 15").wait_for()


def test_erasing_ink_changes_everything(visit):
    page = visit("#page=look")
    page.get_by_role("heading", name=re.compile("Why 7 and not")).wait_for()
    said = page.locator("main p[role=status]")
    before = page.locator(".bars .first").inner_text()
    box = page.get_by_label("The input").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.36)
    page.mouse.down()
    for row in (10, 11, 12, 13):  # the bar of the 7
        for column in range(4, 24):
            at = (column + 0.5) / 28, (row + 0.5) / 28
            page.mouse.move(box["x"] + box["width"] * at[0], box["y"] + box["height"] * at[1])
    page.mouse.up()
    page.wait_for_function(
        "() => document.querySelector('main p[role=status]').textContent.includes('pixels changed')"
    )
    expect(page).to_have_url(re.compile("edits="))
    page.wait_for_function("text => document.querySelector('.bars .first').innerText !== text", arg=before)
    page.get_by_role("button", name="As it was").click()
    page.wait_for_function("text => document.querySelector('.bars .first').innerText === text", arg=before)
    expect(page).not_to_have_url(re.compile("edits="))
    expect(said).not_to_contain_text("changed")


def test_another_models_samples_can_be_looked_at(visit):
    page = visit("#page=look&model=digits&sample=digits:3")
    page.get_by_text("sample 3 of digits").wait_for()
    page.get_by_role("button", name="Next sample").click()
    page.get_by_text("sample 4 of digits").wait_for()
    expect(page).to_have_url(re.compile("sample=digits:4"))


# --- Step --------------------------------------------------------------------------------------------------


def test_stations_go_forwards_and_back_by_the_arrow_keys(visit, traced_seven):
    page = visit("#page=step")
    status = page.locator(".step [role=status]")
    status.filter(has_text="Station 1 of").wait_for()
    count = int(re.search(r"of (\d+)", status.inner_text())[1])
    for station in range(2, count + 1):
        page.keyboard.press("ArrowRight")
        status.filter(has_text=f"Station {station} of").wait_for()
    page.keyboard.press("ArrowRight")  # there is no further one
    page.get_by_role("heading", name="The loss after the update").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", name="The update").wait_for()
    expect(page).to_have_url(re.compile(f"station={count - 1}"))


def test_a_matrix_tells_the_value_under_the_keys(visit, traced_seven):
    page = visit("#page=step&station=2")
    map_ = page.get_by_label("Z, weighted sums")
    map_.wait_for()
    map_.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator(".station .readout").inner_text().replace("−", "-")
    assert float(told.partition("Z[1] = ")[2]) == pytest.approx(traced_seven.layers[0].Z[0, 1], rel=1e-3)
    expect(page).to_have_url(re.compile("station=2"))  # the arrow moved in the map, not to the next station


def test_the_learning_rate_moves_the_loss_after_the_step(visit):
    page = visit("#page=step&label=3&rate=0.001")
    result = page.get_by_text(re.compile("The loss goes from"))
    result.wait_for()
    before = result.inner_text()
    page.get_by_label("Learning rate", exact=True).locator("input").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("text => !document.body.innerText.includes(text)", arg=before)
    expect(page).to_have_url(re.compile("rate=0.0025"))
    expect(page.locator(".chart .here")).to_have_count(1)


# --- Train -------------------------------------------------------------------------------------------------


def figure(page, name):
    return page.locator(f"[data-figure='{name}']").inner_text()


def test_the_digits_are_learned_paused_reloaded_and_resumed(visit):
    page = visit("#page=train&t.epochs=40")
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_function("() => (document.querySelector('[data-figure=Epoch]')?.innerText ?? '') >= '2'")
    curve = page.locator(".curves .line").nth(1).get_attribute("d")
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("It waits").wait_for()
    held = figure(page, "Batch")
    page.reload()
    page.get_by_text("It waits").wait_for()
    page.wait_for_function(
        "text => document.querySelector('[data-figure=Batch]')?.innerText === text", arg=held
    )
    page.get_by_role("button", name="One batch").click()
    page.wait_for_function(
        "text => document.querySelector('[data-figure=Batch]').innerText === text", arg=str(int(held) + 1)
    )
    page.get_by_role("button", name="Resume").click()
    page.wait_for_function(
        "() => parseFloat(document.querySelector(\"[data-figure='Held out']\").innerText) >= 95"
    )
    expect(page.locator(".curves .line").nth(1)).not_to_have_attribute("d", curve)
    expect(page.locator(".confusion .right")).to_have_count(10)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("It ended: stopped").wait_for()
    page.get_by_role("button", name="Use it on Draw").click()
    page.get_by_role("heading", name="Draw a digit").wait_for()
    expect(page.locator("#model option:checked")).to_contain_text("Trained here")
    page.get_by_role("button", name="Example 0").click()
    page.wait_for_function("() => document.querySelector('.answer').textContent === '0'")


def test_layers_are_built_by_clicking_and_stand_in_the_address(visit):
    page = visit("#page=train")
    page.get_by_role("button", name="Add a layer").click()
    page.get_by_role("button", name="Half the units of hidden layer 2").click()
    expect(page.get_by_label("Units in hidden layer 2")).to_have_value("32")
    expect(page).to_have_url(re.compile("t.hidden=64,32"))
    page.get_by_role("button", name="Remove hidden layer 1").click()
    page.get_by_label("Activation").select_option("tanh")
    page.get_by_label("Speed").select_option("0")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_text("Done.").wait_for()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_text("the run before").first.wait_for()
    page.get_by_text("Done.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    Model.load(download.value.path())


def test_what_cannot_be_trained_is_said(visit):
    page = visit("#page=train&t.hidden=1024,1024,1024,1024", refusals=[422])
    page.get_by_role("button", name="Start", exact=True).click()
    page.locator("#status").filter(has_text="too many").wait_for()


# --- Learn, and all pages ----------------------------------------------------------------------------------


def test_the_tour_leads_through_the_pages_in_ten_stops(visit):
    page = visit("#page=learn")
    page.get_by_role("link", name="Begin the tour").click()
    seen = []
    for stop in range(1, 11):
        page.locator(".tour h2").filter(has_text=f"{stop} of 10").wait_for()
        page.get_by_role("heading", level=1).wait_for()
        seen.append(re.search(r"page=(\w+)", page.url)[1])
        page.locator(".tour").get_by_role("link", name=re.compile("Next|The end")).click()
    assert set(seen) == {"draw", "look", "step", "train"}
    page.get_by_role("heading", name="Learn").wait_for()
    expect(page.locator(".tour")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width", "height"), [("light", 360, 740), ("dark", 1280, 800)])
def test_all_pages_are_accessible_and_none_is_wider_than_the_screen(
    visit, npm_package, scheme, width, height
):
    axe = npm_package("axe-core@4.14.1") / "axe.min.js"
    page = visit("#page=learn", width, height, scheme)
    for name in PAGES:
        page.goto(re.sub("page=.*", f"page={name}", page.url))
        settle(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate(axe.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        said = [(v["id"], [(n["html"], n["failureSummary"]) for n in v["nodes"]]) for v in found]
        assert said == [], name


def settle(page, name):
    """Wait until a page shows what it is about."""
    if name == "train":
        page.get_by_role("button", name="Start", exact=True).click()
        page.locator(".train-said").filter(has_text="It is learning").wait_for()
        page.locator(".confusion").wait_for()
        page.get_by_role("button", name="Pause").click()
        page.locator(".train-said").filter(has_text="It waits").wait_for()
        return
    waited = {
        "look": "Why 7 and not",
        "step": "The loss goes from",
        "draw": "What the network sees",
        "learn": "Begin",
    }
    page.get_by_text(re.compile(waited[name])).first.wait_for()


def test_every_page_is_reached_by_keyboard_alone(visit):
    page = visit("#page=draw")
    for name, title in zip(PAGES[1:], ("Look inside", "Step", "Train", "Learn"), strict=True):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('aria-label')") == title:
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name=title).wait_for()
        expect(page).to_have_url(re.compile(f"page={name}"))


def test_the_back_button_goes_back(visit):
    page = visit("#page=draw")
    page.get_by_role("link", name="Learn").click()
    page.get_by_role("heading", name="Learn").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Draw a digit").wait_for()


def test_the_dark_scheme_is_dark_and_the_light_one_light(visit):
    for scheme, is_dark in (("dark", True), ("light", False)):
        page = visit("#page=learn", scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", colour))) < 200) is is_dark


def test_a_lost_session_begins_anew(visit):
    page = visit("#page=draw", refusals=[410])
    page.evaluate("sessionStorage.setItem('glassnet-session', 'gone')")
    page.reload()
    page.get_by_role("button", name="Example 1").click()
    page.wait_for_function("() => document.querySelector('.answer').textContent === '1'")


def test_the_api_docs_are_readable(visit):
    page = visit("docs")
    page.get_by_role("heading", name="POST /api/read").wait_for()
