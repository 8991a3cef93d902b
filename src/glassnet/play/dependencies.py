"""What a route may ask for: the application's services, and the session of the tab that asks."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from glassnet.play.data_registry import DataRegistry
from glassnet.play.model_registry import ModelRegistry
from glassnet.play.session import Session
from glassnet.play.sessions import Sessions
from glassnet.play.settings import Settings
from glassnet.play.trace_cache import TraceCache

__all__ = ["Services", "ServicesDep", "SessionDep"]


@dataclass(frozen=True)
class Services:
    """What all tabs share."""

    settings: Settings
    sessions: Sessions
    models: ModelRegistry
    data: DataRegistry
    traces: TraceCache


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


def _session(services: ServicesDep, x_glassnet_session: Annotated[str, Header(max_length=100)]) -> Session:
    return services.sessions.get(x_glassnet_session)


SessionDep = Annotated[Session, Depends(_session)]
"""The tab names itself in the header X-Glassnet-Session."""
