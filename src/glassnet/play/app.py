"""The application: its routes in view, its guard around it, its files behind it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from glassnet.errors import GlassnetError
from glassnet.files import reason_of
from glassnet.play.data_registry import DataRegistry
from glassnet.play.dependencies import Services
from glassnet.play.errors import RequestError
from glassnet.play.model_registry import ModelRegistry
from glassnet.play.openapi import REFUSALS
from glassnet.play.routes import draw, look, models, step, teach, train
from glassnet.play.security import SecurityMiddleware
from glassnet.play.sessions import Sessions
from glassnet.play.settings import Settings
from glassnet.play.trace_cache import TraceCache
from glassnet.play.validation import explain_problems
from glassnet.version import __version__

__all__ = ["STATIC", "create_app"]

STATIC = Path(__file__).parent / "static"
SWEEP_SECONDS = 1.0
SAID = {
    400: "The request cannot be read as JSON.",
    404: "There is nothing here.",
    405: "This address is asked in another way: see /docs.",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The browser application.

    Parameters
    ----------
    settings : Settings, optional
        Where it listens, which models and data it finds, and its limits.
    """
    settings = settings or Settings()
    services = Services(
        settings, Sessions(settings.limits), ModelRegistry(settings), DataRegistry(settings), TraceCache()
    )
    app = FastAPI(
        title="Glassnet play",
        version=__version__,
        description="Draw a digit, look into the network, step through backpropagation, train.",
        docs_url=None,  # FastAPI's own page loads from elsewhere; ours is static/docs.html
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.services = services
    for routes in (models, draw, look, step, train, teach):
        app.include_router(routes.router, responses=REFUSALS)
    app.add_api_route("/docs", _docs, include_in_schema=False)
    app.add_exception_handler(RequestError, _refused)
    app.add_exception_handler(GlassnetError, _wrong)
    app.add_exception_handler(RequestValidationError, _invalid)
    for status in SAID:
        app.add_exception_handler(status, _unanswered)
    app.add_exception_handler(OSError, _unwritten)
    app.mount("/", _Pages(directory=STATIC, html=True), name="pages")
    app.add_middleware(SecurityMiddleware, settings=settings)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the server runs: forget tabs that are gone. At its end: end every training."""
    services: Services = app.state.services
    services.models.warm()
    services.data.warm()
    sweeping = asyncio.create_task(_sweep(services))
    try:
        yield
    finally:
        sweeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sweeping
        services.sessions.close()


async def _sweep(services: Services) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        await asyncio.to_thread(services.sessions.sweep)


class _Pages(StaticFiles):
    """Our files; a web socket finds nothing here."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "There is nothing here."})
        else:
            await super().__call__(scope, receive, send)


def _docs() -> FileResponse:
    return FileResponse(STATIC / "docs.html")


def _answer(status: int, detail: str) -> JSONResponse:
    """What is wrong; halves of characters that a request may hold are no text and become question marks."""
    return JSONResponse({"detail": detail.encode("utf-8", "replace").decode("utf-8")}, status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return _answer(error.status, error.message)


def _wrong(request: Request, error: Exception) -> Response:
    return _answer(422, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    """Pydantic's list of problems as one sentence."""
    assert isinstance(error, RequestValidationError)
    return _answer(422, explain_problems(error.errors()))


def _unanswered(request: Request, error: Exception) -> Response:
    """What the framework refuses by itself, in a sentence too."""
    status = int(getattr(error, "status_code", 404))
    return _answer(status, SAID[status])


def _unwritten(request: Request, error: Exception) -> Response:
    """A full disk, for instance."""
    assert isinstance(error, OSError)
    return _answer(507, f"The server cannot write a file: {reason_of(error)}")
