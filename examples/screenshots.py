"""Pictures of ``glassnet play`` for the documentation: ``python -m examples.screenshots [FOLDER]``.

Starts the server, opens each page in the system's Chromium and writes PNG files, by default into
``docs/images``. Needs Playwright (the extra ``test``) and Chromium.
"""

import argparse
import io
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDE, PHONE = (1280, 800), (390, 844)


def draw(page: Any) -> None:
    page.get_by_role("button", name="Example 2048").click()
    page.get_by_text("4 digits").wait_for()


def look(page: Any) -> None:
    page.get_by_text("Why ").first.wait_for()


def step(page: Any) -> None:
    page.get_by_text("The loss goes from").wait_for()
    page.locator(".matrices figure").first.wait_for()


def train(page: Any) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_text("Done.").wait_for()


def learn(page: Any) -> None:
    page.get_by_role("link", name="Begin the tour").wait_for()


# name, address, size, scheme, what to wait for
SHOTS = [
    ("play-draw", "#page=draw", WIDE, "light", draw),
    ("play-look", "#page=look", WIDE, "light", look),
    ("play-step", "#page=step&station=backward&label=1", WIDE, "light", step),
    ("play-train", "#page=train", WIDE, "light", train),
    ("play-learn", "#page=learn", WIDE, "light", learn),
    ("play-phone", "#page=look", PHONE, "dark", look),
]


@contextmanager
def served(model: Path | None) -> Iterator[str]:
    """A server for as long as the block lasts; gives its address."""
    import uvicorn

    from glassnet.play.app import create_app
    from glassnet.play.server import free_port
    from glassnet.play.settings import Settings

    port = free_port("127.0.0.1")
    app = create_app(Settings(model=model))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join()


def save(png: bytes, path: Path) -> None:
    """Few colours are enough for a page, and make the file small."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/images"))
    parser.add_argument("--model", type=Path, help="a run or model instead of the first one")
    chosen = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        parser.exit(2, "screenshots: no Chromium is installed.\n")
    from playwright.sync_api import sync_playwright

    chosen.folder.mkdir(parents=True, exist_ok=True)
    with served(chosen.model) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, where, (width, height), scheme, prepare in SHOTS:
            size = {"width": width, "height": height}
            page = chromium.new_page(viewport=size, color_scheme=scheme, device_scale_factor=1)
            page.goto(address + where)
            prepare(page)
            page.wait_for_timeout(300)  # the last transition
            save(page.screenshot(), chosen.folder / f"{name}.png")
            print(chosen.folder / f"{name}.png")
            page.close()
        chromium.close()


if __name__ == "__main__":
    main()
