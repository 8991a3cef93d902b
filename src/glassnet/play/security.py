"""The guard at the door: which host, which origin, how many bytes, and what a page may load.

The server stands on the visitor's own machine, where any web site can send requests to it. Therefore:

- the ``Host`` must be this machine (a foreign name that was made to point here is turned away);
- whatever changes something, and the web socket, must come from our own pages (``Origin``);
- pages may load nothing but our own files, and nobody may frame them.
"""

import ipaddress
import json
import re
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from glassnet.play.errors import RequestError
from glassnet.play.settings import Settings

__all__ = ["HEADERS", "SecurityMiddleware", "check_host", "check_origin"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{key} {value}" for key, value in POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=()",
    "cache-control": "no-cache",
}
HOST_HEADER = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:\[\]@/?#]+)(:\d{1,5})?")
"""A name, an address, or an IPv6 address in brackets; a port."""
SAFE = ("GET", "HEAD", "OPTIONS")


class SecurityMiddleware:
    """ASGI middleware around the whole application."""

    def __init__(self, app: Application, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then hand on; every answer gets the headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            _check_once(scope["headers"])
            check_host(headers.get("host", ""), self.settings.host)
            is_socket = scope["type"] == "websocket"
            if is_socket or scope["method"] not in SAFE:
                check_origin(headers, needed=is_socket)
            limit = self._limit(scope.get("path", ""))
            _check_length(headers.get("content-length", ""), limit)
        except RequestError as refusal:
            await _refuse(scope, refusal, send)
            return
        if scope["type"] == "http":
            await self.app(scope, _counted(receive, limit), _with_headers(send))
        else:
            await self.app(scope, receive, send)

    def _limit(self, path: str) -> int:
        limits = self.settings.limits
        return limits.data_bytes if path == "/api/data" else limits.request_bytes


def _check_once(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Turn away a request that says two things of where it goes to and comes from."""
    names = [name.lower() for name, _ in headers]
    if any(names.count(name) > 1 for name in (b"host", b"origin", b"content-length")):
        raise RequestError(403, "This request names its host, its origin or its length twice.")


def check_host(header: str, bound: str) -> None:
    """Turn away requests for a name that is not this machine's.

    Raises
    ------
    RequestError
    """
    found = HOST_HEADER.fullmatch(header.lower())
    name = found[1].strip("[]") if found else ""
    if name == "localhost" or name.endswith(".localhost") or name == bound:
        return
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        if not _is_loopback(bound) and name == socket.gethostname().lower():
            return
    else:
        if address.is_loopback or not _is_loopback(bound):
            return
    raise RequestError(403, f"This server does not answer for the host {header[:100]!r}.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_origin(headers: MutableMapping[str, str], needed: bool) -> None:
    """Turn away what another web site asks for.

    Parameters
    ----------
    headers : mapping
        Of the request, names in lower case.
    needed : bool
        Whether a request without an origin is turned away too: browsers always name it for a web socket,
        and other programs need not be driven by them.

    Raises
    ------
    RequestError
    """
    origin = headers.get("origin")
    if origin is None:
        site = headers.get("sec-fetch-site", "none")
        if not needed and site in ("none", "same-origin"):
            return
        raise RequestError(403, "Requests from other web sites are not answered.")
    host = headers.get("host", "").lower()
    if origin.lower() not in (f"http://{host}", f"https://{host}"):
        raise RequestError(403, f"Requests from other web sites are not answered (from {origin[:100]}).")


def _check_length(header: str, limit: int) -> None:
    if header and (not header.isdigit() or int(header) > limit):
        raise _too_long(limit)


def _too_long(limit: int) -> RequestError:
    return RequestError(413, f"That is too large: at most {limit // 1_000_000} MB are taken here.")


def _counted(receive: Receive, limit: int) -> Receive:
    """Stop reading where the body exceeds the limit, whatever its header promised."""
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise _too_long(limit)
        return message

    return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in present]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending


async def _refuse(scope: Scope, refusal: RequestError, send: Send) -> None:
    if scope["type"] == "websocket":  # closing before accepting is HTTP's 403
        await send({"type": "websocket.close", "code": 1008, "reason": refusal.message})
        return
    body = json.dumps({"detail": refusal.message}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    sending = _with_headers(send)
    await sending({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await sending({"type": "http.response.body", "body": body})
