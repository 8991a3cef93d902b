"""The Draw page in a real browser: strokes, pictures, corrections."""

import re
import statistics

from PIL import Image
from playwright.sync_api import expect


def write(page, strokes):
    """Move the mouse along recorded strokes."""
    box = page.locator("canvas.pad").bounding_box()
    scale = box["width"] / 480
    for stroke in strokes:
        points = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in stroke["points"]]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()


def read_as(page, text):
    page.wait_for_function("text => document.querySelector('.answer').textContent === text", arg=text)


def test_each_digit_is_read_as_it_is_drawn(visit, examples, capsys):
    page = visit("#page=draw")
    latencies = []
    for digit, strokes in enumerate(examples):
        page.get_by_role("button", name="Clear").click()
        read_as(page, "")
        write(page, strokes)
        read_as(page, str(digit))
        expect(page.locator(".bar.first")).to_have_text(re.compile(rf"^\s*{digit}"))
        page.wait_for_function("() => document.querySelector('.answer').dataset.latency")
        latencies.append(float(page.locator(".answer").get_attribute("data-latency")))
    with capsys.disabled():
        median = statistics.median(latencies)
        print(f"\nfrom pen-up to answer: {median:.0f} ms (median of ten digits)")
    assert all(latency > 0 for latency in latencies)


def test_what_the_network_sees_is_shown_with_the_steps_that_led_there(visit, examples):
    page = visit("#page=draw")
    page.get_by_role("button", name="Example 3").click()
    read_as(page, "3")
    map_ = page.locator(".seen canvas")
    expect(map_).to_have_attribute("width", "28")
    data = map_.evaluate("c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data]")
    assert 40 < sum(red < 99 for red in data[::4]) < 250
    expect(page.locator(".way li").nth(2)).to_be_visible()


def test_several_digits_are_read_in_order_and_each_can_be_chosen(visit):
    page = visit("#page=draw")
    page.get_by_role("button", name="Example 2048").click()
    read_as(page, "2048")
    page.get_by_role("button", name="Digit 3 of 4: 4").click()
    page.wait_for_function("() => document.querySelector('.said').textContent.includes('This one reads 4')")
    expect(page).to_have_url(re.compile("digit=2"))


def test_no_digit_is_told_with_the_reason(visit):
    page = visit("#page=draw")
    expect(page.locator(".said")).to_contain_text("Nothing is drawn")
    write(page, [{"points": [[10, 10], [10.5, 10.5]]}])
    page.wait_for_function("() => /Not a digit|reads/.test(document.querySelector('.said').textContent)")


def test_what_is_rejected_gets_no_percentage_unless_it_is_asked_for(visit):
    page = visit("#page=draw&model=pretrained")
    letter = [[[150, 300], [230, 60], [310, 300]], [[180, 210], [280, 210]]]  # an A
    write(page, [{"points": points} for points in letter])
    read_as(page, "?")
    expect(page.locator(".said")).to_contain_text("Not a digit")
    expect(page.locator(".bars")).not_to_be_visible()
    page.get_by_text("What would it be if it had to be a digit?").click()
    expect(page.locator(".bar.first .value")).to_contain_text("%")
    page.get_by_role("button", name="Example 7").click()
    read_as(page, "7")
    expect(page.locator(".bar.first")).to_be_visible()
    expect(page.get_by_text("What would it be")).not_to_be_visible()


def test_what_is_drawn_before_the_model_is_there_is_kept(visit, examples):
    page = visit("#page=learn")
    held = []
    page.route("**/api/models/*", lambda route: held.append(route))
    page.get_by_role("link", name="Draw", exact=True).click()
    page.get_by_role("heading", name="Draw a digit").wait_for()
    write(page, examples[4])
    held.pop().continue_()
    read_as(page, "4")


def test_strokes_are_taken_back_erased_and_cleared(visit, examples):
    page = visit("#page=draw")
    write(page, examples[4])  # two strokes
    read_as(page, "4")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => document.querySelector('.answer').textContent !== '4'")
    page.get_by_role("button", name="Eraser").click()
    write(page, [{**stroke} for stroke in examples[4]])
    page.get_by_role("button", name="Clear").click()
    read_as(page, "")
    expect(page).not_to_have_url(re.compile("ink="))


def test_a_picture_is_opened_and_read(visit, tmp_path):
    picture = Image.new("L", (200, 200), 255)
    for y in range(30, 170):
        picture.paste(0, (95, y, 108, y + 1))
    picture.save(tmp_path / "one.png")
    page = visit("#page=draw", refusals=[422])
    page.get_by_label("Picture file").set_input_files(tmp_path / "one.png")
    read_as(page, "1")
    (tmp_path / "bad.png").write_bytes(b"no picture at all")
    page.get_by_label("Picture file").set_input_files(tmp_path / "bad.png")
    page.get_by_text("not a picture").wait_for()


def test_a_link_shows_the_same_drawing(visit):
    page = visit("#page=draw")
    page.get_by_role("button", name="Example 5").click()
    read_as(page, "5")
    expect(page).to_have_url(re.compile("ink="))
    again = visit(re.search("#.*", page.url)[0])
    read_as(again, "5")


def test_a_correction_is_learned_and_taken_back(visit):
    page = visit("#page=draw")
    page.get_by_role("button", name="Example 7").click()
    read_as(page, "7")
    page.get_by_role("button", name="That was a 1").click()
    note = page.locator(".lesson .note")
    note.filter(has_text="before").wait_for()
    expect(note).to_contain_text(re.compile(r"1 had \d.* before, and has [5-9]\d"))
    expect(note).to_contain_text("other samples")
    read_as(page, "1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my drawings (1)").click()
    assert download.value.suggested_filename == "my-digits.zip"
    page.get_by_role("button", name="Undo the lesson").click()
    read_as(page, "7")


def test_a_digit_is_drawn_with_the_keyboard_alone(visit):
    page = visit("#page=draw")
    page.keyboard.press("Tab")  # the skip link
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("canvas.pad")).to_be_focused()
    for _ in range(9):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    for _ in range(18):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    read_as(page, "1")
    page.keyboard.press("Backspace")
    read_as(page, "")
