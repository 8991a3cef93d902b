"""The application without and with a real server, and a browser for it."""

import json
import shutil
import subprocess
import threading
import time
import warnings
from pathlib import Path

import pytest

pytest.importorskip("fastapi")

with warnings.catch_warnings():  # newer versions of Starlette would like to be tested with httpx2
    warnings.filterwarnings("ignore", message=".*httpx2")
    from fastapi.testclient import TestClient

from glassnet.play.app import STATIC, create_app
from glassnet.play.server import free_port
from glassnet.play.settings import Limits, Settings

HOST = "http://127.0.0.1:8765"


def draw(points, width=24):
    return {"points": points, "width": width, "erase": False}


@pytest.fixture(scope="session")
def seven():
    """A drawing of a 7, as the page sends it."""
    strokes = [draw([[120, 60], [200, 58], [290, 62], [240, 160], [200, 300]])]
    return {"width": 480, "height": 360, "strokes": strokes, "picture": None}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The application, with an empty folder of runs and limits that tests can reach."""
    limits = Limits(request_bytes=2_000_000, data_bytes=3_000_000, trainings=2, grace_seconds=1.5)
    return create_app(Settings(runs=tmp_path_factory.mktemp("runs"), limits=limits))


@pytest.fixture(scope="module")
def client(app):
    """A visitor with a session; its server runs as long as the module's tests."""
    with TestClient(app, base_url=HOST) as visitor:
        start = visitor.post("/api/sessions").json()
        visitor.headers["X-Glassnet-Session"] = start["session"]
        yield visitor


@pytest.fixture
def ask(client):
    """Post JSON, expect 200."""

    def post(path, **body):
        answer = client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return post


@pytest.fixture(scope="session")
def small():
    """The network that is trained at start, by its very recipe: one for all tests."""
    from glassnet.play.model_registry import train_small_model

    return train_small_model()


# --- a real server and a real browser ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def reader_run(tmp_path_factory, mnist_folder):
    """A network that reads drawings: 98 % on MNIST after two seconds."""
    from glassnet.recipe import finish, load_recipe, run

    folder = tmp_path_factory.mktemp("reader") / "run"
    changes = [f'data.folder="{mnist_folder}"', "network.hidden=[128]", "training.epochs=2"]
    finish(run(load_recipe("quick", changes), folder))
    return folder


@pytest.fixture(scope="session")
def address(reader_run, mnist_folder, tmp_path_factory):
    """The address of a server that runs until the tests end."""
    import uvicorn

    port = free_port("127.0.0.1")
    runs = tmp_path_factory.mktemp("runs")
    settings = Settings(model=reader_run, runs=runs, data_dir=mnist_folder)
    config = uvicorn.Config(create_app(settings), port=port, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def visit(browser, address):
    """Open a page; at the end no error may stand in its console, but answers that a test asked for."""
    contexts, wrong = [], []

    def go(where, width=1280, height=800, scheme="light", refusals=(), **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        expected = tuple(f"with a status of {status}" for status in refusals)

        def note(message):
            if message.type == "error" and not any(text in message.text for text in expected):
                wrong.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + where)
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def examples():
    """The strokes of the ten digits, as the page's own module gives them."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, which runs the page's module here")
    script = (
        f'import {{ exampleStrokes }} from "{(STATIC / "examples.js").as_uri()}";'
        'console.log(JSON.stringify([..."0123456789"].map((digit) => exampleStrokes(digit))));'
    )
    told = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)


@pytest.fixture(scope="session")
def npm_package(tmp_path_factory):
    """Install an npm package for these tests alone, inside .venv; skip where that is impossible."""
    npm = shutil.which("npm")
    home = Path(__file__).parents[2] / ".venv"
    if not home.is_dir():
        home = tmp_path_factory.mktemp("npm")

    def install(package):
        name = package.rpartition("@")[0]
        folder = home / "npm" / name  # one for each: npm removes what it does not know
        if not (folder / "node_modules" / name).is_dir():
            if npm is None:
                pytest.skip("npm is not installed")
            quiet = ["--no-save", "--no-audit", "--no-fund", "--prefix", str(folder)]
            folder.mkdir(parents=True, exist_ok=True)
            try:
                subprocess.run([npm, "install", *quiet, package], capture_output=True, check=True, timeout=60)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                pytest.skip(f"npm cannot install {package} here (no network?)")
        return folder / "node_modules" / name

    return install
