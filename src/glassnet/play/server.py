"""The server itself: a free port, the browser, and an end at Ctrl-C."""

import contextlib
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable

import uvicorn

from glassnet.errors import GlassnetError
from glassnet.play.app import create_app
from glassnet.play.settings import Settings

__all__ = ["free_port", "serve"]

PORTS = range(8765, 8800)


def serve(
    settings: Settings, announce: Callable[[str], None], port: int | None = None, browser: bool = True
) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    settings : Settings
    announce : callable
        Hears the address as soon as it is known; for all interfaces also that for other machines.
    port : int, optional
        Without it the first free one from 8765 on.
    browser : bool
        Whether to open the page.

    Raises
    ------
    GlassnetError
        When the port is taken or may not be used.
    """
    listening = _listen(settings.host, port)
    port = listening.getsockname()[1]
    everywhere = settings.host in ("0.0.0.0", "::", "")
    address = _address("127.0.0.1" if everywhere else settings.host, port)
    announce(address)
    if everywhere and (own := own_address()):
        announce(_address(own, port))
    config = uvicorn.Config(
        create_app(settings), log_level="warning", ws_max_size=65_536, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    if browser:
        threading.Thread(target=_open_when_ready, args=(server, address), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down already and only says so
        server.run(sockets=[listening])


def free_port(host: str) -> int:
    """A port that nobody listens on."""
    with _listen(host, None) as listening:
        port: int = listening.getsockname()[1]
        return port


def _listen(host: str, port: int | None) -> socket.socket:
    """A listening socket on the port, or else on the first free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    problem: OSError | None = None
    for candidate in [port] if port is not None else [*PORTS, 0]:
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, candidate))
            listening.listen(128)
        except OSError as error:
            listening.close()
            problem = error
        else:
            return listening
    where = f"{host}, port {port}" if port is not None else host
    reason = problem.strerror if problem is not None else "no port"
    raise GlassnetError(f"Cannot listen on {where}: {reason}. Choose another --port or --host.")


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def own_address() -> str | None:
    """By which others in the network reach this machine; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        try:
            outward.connect(("192.0.2.1", 9))  # an address of nobody (RFC 5737)
        except OSError:
            return None
        found: str = outward.getsockname()[0]
        return found


def _open_when_ready(server: uvicorn.Server, address: str) -> None:
    while not server.started and not server.should_exit:
        time.sleep(0.02)
    if server.started:
        webbrowser.open(address)
