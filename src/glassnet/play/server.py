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
        Hears the address as soon as it is known.
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
    name = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host
    address = f"http://{f'[{name}]' if ':' in name else name}:{listening.getsockname()[1]}/"
    announce(address)
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


def _open_when_ready(server: uvicorn.Server, address: str) -> None:
    while not server.started and not server.should_exit:
        time.sleep(0.02)
    if server.started:
        webbrowser.open(address)
