"""The server as people start it: a process of its own, many readers at once, and its end."""

import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from glassnet.errors import GlassnetError
from glassnet.play import server
from glassnet.play.settings import Settings


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """``glassnet play`` in an empty folder."""
    command = [sys.executable, "-m", "glassnet", "play", "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("play"), **pipes)
    line = process.stdout.readline()
    found = re.match(r"(http://127\.0\.0\.1:\d+/)  \(end it with Ctrl-C\)", line)
    assert found, line + process.stderr.read()
    yield process, found[1]
    process.kill()
    process.communicate()


def test_fifty_readers_at_once_all_get_their_answer(started, seven):
    _, address = started
    limits = httpx.Limits(max_connections=60)
    with httpx.Client(base_url=address, limits=limits, timeout=30) as client:
        headers = {"X-Glassnet-Session": client.post("/api/sessions").json()["session"]}
        asked = {"drawing": seven, "model": "digits"}

        def read(number):
            return client.post("/api/read", json=asked, headers=headers)

        with ThreadPoolExecutor(50) as readers:
            answers = list(readers.map(read, range(150)))
    assert {answer.status_code for answer in answers} == {200}
    readings = [answer.json() for answer in answers]
    for reading in readings:
        reading.pop("milliseconds")
    assert all(reading == readings[0] for reading in readings)


def test_ctrl_c_ends_everything_training_included(started):
    process, address = started
    with httpx.Client(base_url=address) as client:
        headers = {"X-Glassnet-Session": client.post("/api/sessions").json()["session"]}
        client.post("/api/training", json={"epochs": 500, "pace": 5}, headers=headers)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert "Traceback" not in said
    time.sleep(0.2)
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_a_taken_port_is_said_and_the_next_free_one_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(GlassnetError, match=f"port {port}"):
            server.serve(Settings(), print, port, browser=False)
    with pytest.raises(GlassnetError, match=r"Cannot listen on 203\.0\.113\.1"):
        server.free_port("203.0.113.1")
    assert server.free_port("127.0.0.1") > 0


@pytest.mark.parametrize(
    ("host", "own", "shown"),
    [
        ("127.0.0.1", "192.168.1.7", ["127.0.0.1"]),
        ("0.0.0.0", "192.168.1.7", ["127.0.0.1", "192.168.1.7"]),
        ("0.0.0.0", None, ["127.0.0.1"]),
    ],
)
def test_the_browser_is_opened_when_the_server_is_ready(monkeypatch, tmp_path, host, own, shown):
    opened, announced = [], []

    def run(self, sockets):
        self.started = True
        deadline = time.monotonic() + 5
        while not opened and time.monotonic() < deadline:
            time.sleep(0.01)
        sockets[0].close()
        raise KeyboardInterrupt

    monkeypatch.setattr(server.uvicorn.Server, "run", run)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    monkeypatch.setattr(server, "own_address", lambda: own)
    server.serve(Settings(host=host, runs=tmp_path), announced.append)
    assert opened == announced[:1]
    assert [re.fullmatch(r"http://(.*):\d+/", address)[1] for address in announced] == shown


def test_the_machinesown_address_is_found_without_sending_anything():
    found = server.own_address()
    assert found is None or re.fullmatch(r"\d+\.\d+\.\d+\.\d+", found)


def test_a_server_that_fails_opens_no_browser(monkeypatch, tmp_path):
    opened = []

    def run(self, sockets):
        self.should_exit = True
        sockets[0].close()

    monkeypatch.setattr(server.uvicorn.Server, "run", run)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    server.serve(Settings(runs=tmp_path), lambda address: None)
    time.sleep(0.05)
    assert opened == []


def test_the_command_hands_its_options_on(monkeypatch, capsys, tmp_path, small):
    from glassnet.cli import main

    small.save(tmp_path / "model.safetensors")
    called = []

    def serve(settings, announce, port, browser):
        called.append((settings, port, browser))
        announce("http://x/")

    monkeypatch.setattr(server, "serve", serve)
    with pytest.raises(SystemExit) as end:
        main(["play", "-p", "8080", "--no-browser", "-m", str(tmp_path), "--runs", "elsewhere"])
    assert end.value.code == 0 and capsys.readouterr().out == "http://x/  (end it with Ctrl-C)\n"
    ((settings, port, browser),) = called
    assert (settings.model, str(settings.runs), port, browser) == (tmp_path, "elsewhere", 8080, False)
    with pytest.raises(SystemExit) as end:
        main(["play", "-m", str(tmp_path / "nothing")])
    assert end.value.code == 2


def test_without_the_extra_the_command_says_how_to_get_it(monkeypatch, capsys):
    from glassnet.cli import main

    for name in [name for name in sys.modules if name.startswith("glassnet.play")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SystemExit) as end:
        main(["play"])
    assert end.value.code == 2 and "glassnet[play]" in capsys.readouterr().err
