"""Who may ask: hosts, origins, sizes; and what a page may load."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import WebSocketDisconnect
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glassnet.play.app import STATIC
from glassnet.play.errors import RequestError
from glassnet.play.security import check_host, check_origin

HOST = "http://127.0.0.1:8765"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "localhost:1", "[::1]:8765", "a.localhost"])
def test_this_machine_is_answered(host):
    check_host(host, "127.0.0.1")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "192.168.1.7:8765", "", "127.0.0.1.evil.example"]
)
def test_other_names_are_turned_away(host):
    with pytest.raises(RequestError, match="does not answer"):
        check_host(host, "127.0.0.1")


def test_a_server_for_others_answers_by_its_addresses_and_not_by_foreign_names():
    check_host("192.168.1.7:8765", "0.0.0.0")
    with pytest.raises(RequestError):
        check_host("evil.example", "0.0.0.0")


def test_own_pages_and_other_programs_may_change_things_other_sites_not():
    check_origin({"host": "localhost:1", "origin": "http://localhost:1"}, needed=True)
    check_origin({"host": "localhost:1"}, needed=False)
    check_origin({"host": "localhost:1", "sec-fetch-site": "same-origin"}, needed=False)
    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:2"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        with pytest.raises(RequestError, match="other web sites"):
            check_origin({"host": "localhost:1", **headers}, needed=False)
    with pytest.raises(RequestError):
        check_origin({"host": "localhost:1"}, needed=True)


def test_every_endpoint_that_changes_something_turns_other_sites_away(app, client):
    paths = app.openapi()["paths"]
    changing = [path for path, methods in paths.items() if "post" in methods]
    assert len(changing) >= 10
    for path in changing:
        answer = client.post(
            path.replace("{command}", "stop"), headers={"Origin": "http://evil.example"}, json={}
        )
        assert answer.status_code == 403, path


def test_a_foreign_host_gets_nothing_not_even_a_page(app):
    visitor = TestClient(app, base_url="http://evil.example")
    for path in ("/", "/openapi.json", "/api/session"):
        assert visitor.get(path).status_code == 403


def test_the_socket_wants_our_origin_and_a_session(client):
    for headers in ({}, {"Origin": "http://evil.example"}):
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("/api/training/live", headers=headers),
        ):
            pass
    ours = {"Origin": HOST}
    for path in ("/api/training/live?session=guess", "/api/training/live", "/nothing", "/api/read"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers=ours):
            pass


def test_pages_load_nothing_from_elsewhere_and_nobody_frames_them(client):
    for path in ("/", "/main.js", "/docs", "/nothing"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
    for file in STATIC.rglob("*.*"):
        links = re.findall(r"https?://[^\s\"'`]+", file.read_text(encoding="utf-8"))
        assert [link for link in links if not link.startswith("http://www.w3.org/")] == [], file


@pytest.mark.parametrize("path", ["/api/read", "/api/pictures", "/api/training"])
def test_huge_requests_are_not_read_to_their_end(client, path):
    answer = client.post(path, content=b"x" * 2_500_000)
    assert answer.status_code == 413 and "2 MB" in answer.json()["detail"]


def test_a_body_without_its_length_is_counted(client):
    sent = 0

    def endless():
        nonlocal sent
        while sent < 50:
            sent += 1
            yield b"x" * 1_000_000

    answer = client.post("/api/pictures", content=endless())
    assert answer.status_code == 413


def test_a_false_length_is_refused(client):
    assert client.post("/api/read", content=b"{}", headers={"Content-Length": "-1"}).status_code == 413


BROKEN = (
    "[",
    "]",
    "[]",
    "[::1",
    "::1]",
    "[v1.x]",
    "127.0.0.1:",
    "127.0.0.1:port",
    "127.0.0.1:1:1",
    "@",
    "a b",
)


@pytest.mark.parametrize("text", BROKEN)
def test_a_host_or_origin_that_is_none_is_turned_away(client, text):
    assert client.get("/api/session", headers={"Host": text}).status_code == 403
    for origin in (text, f"http://{text}", f"{HOST}/{text}", f"http://{text}@127.0.0.1:8765"):
        assert client.post("/api/look", json={}, headers={"Origin": origin}).status_code == 403


FIELD = st.binary(max_size=40).map(lambda raw: bytes(byte for byte in raw if byte not in b"\r\n\0"))
LIKELY = st.sampled_from(
    [b"[", b"]", b":", b"/", b"@", b"127.0.0.1", b"localhost", b"::1", b"http://", b":8765"]
)
HEADER = FIELD | st.lists(LIKELY, max_size=6).map(b"".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(host=HEADER, origin=HEADER, length=HEADER, site=HEADER, session=HEADER)
def test_whatever_stands_in_the_headers_nothing_falls_over(app, host, origin, length, site, session):
    """Straight to the application, as no client would send them."""
    headers = {b"host": host, b"origin": origin, b"content-length": length, b"sec-fetch-site": site}
    headers[b"x-glassnet-session"] = session
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    for method, path in (("GET", "/api/session"), ("POST", "/api/look")):
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
            "query_string": b"", "root_path": "", "scheme": "http", "headers": list(headers.items()),
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765), "app": app,
        }  # fmt: skip
        with ThreadPoolExecutor(1) as thread:  # where Playwright runs, this one has a loop already
            thread.submit(asyncio.run, app(scope, receive, send)).result()
        assert 400 <= sent[0]["status"] < 500
        if not is_ours(host):
            assert sent[0]["status"] == 403
        sent.clear()


def is_ours(host):
    return re.fullmatch(rb"(127\.\d+\.\d+\.\d+|\[::1\]|(.*\.)?localhost)(:\d+)?", host.lower()) is not None


def test_a_header_that_says_two_things_is_refused(client):
    for name in ("Host", "Origin"):
        twice = [(name, HOST.removeprefix("http://") if name == "Host" else HOST), (name, "evil.example")]
        assert client.post("/api/look", json={}, headers=twice).status_code == 403
