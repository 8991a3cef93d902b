"""What every route may ask for: the application's things, and the visitor's own."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from glassnet.play.datasets import DataShelf
from glassnet.play.sessions import Session, Sessions
from glassnet.play.settings import Settings
from glassnet.play.shelf import Shelf
from glassnet.play.traces import Traces

__all__ = ["Context", "Here", "Visitor"]


@dataclass(frozen=True)
class Context:
    """The application's things."""

    settings: Settings
    sessions: Sessions
    shelf: Shelf
    data: DataShelf
    traces: Traces


def _context(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


Here = Annotated[Context, Depends(_context)]


def _session(here: Here, x_glassnet_session: Annotated[str, Header(max_length=100)]) -> Session:
    return here.sessions.get(x_glassnet_session)


Visitor = Annotated[Session, Depends(_session)]
"""The tab that asks; it names itself in the header X-Glassnet-Session."""
