"""That was a 7: correct, see what was learned and forgotten, take it back, take it along."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from glassnet.play import schemas
from glassnet.play.dependencies import ServicesDep, SessionDep
from glassnet.play.errors import RequestError
from glassnet.play.openapi import binary_answer
from glassnet.play.serialization import numbers
from glassnet.play.teach import correction_for, teach

__all__ = ["router"]

router = APIRouter(prefix="/api/teach", tags=["teaching"])


class TeachRequest(BaseModel):
    """A drawing, and what it was."""

    model_config = ConfigDict(extra="forbid")

    model: schemas.Id
    pixels: schemas.Pixels
    image: list[int] = Field(min_length=784, max_length=784, description="the same with 28×28 pixels")
    label: int = Field(ge=0, le=10_000)


class TeachAnswer(BaseModel):
    """What the lesson did."""

    model: schemas.Named
    before: list[float]
    after: list[float]
    known_before: float | None = Field(description="accuracy on known samples")
    known_after: float | None
    known: int
    corrections: int


@router.post("")
def correct(asked: TeachRequest, services: ServicesDep, session: SessionDep) -> TeachAnswer:
    """Teach the model this drawing; a new model stands beside the old one."""
    item = services.models.get(asked.model, session)
    correction = correction_for(item, asked.pixels, asked.image, asked.label)
    taught, lesson = teach(item, correction, session, services.data, services.settings.limits.drawings)
    assert session.corrections is not None  # it was just taught
    return TeachAnswer(
        model=schemas.Named(id=taught.id, title=taught.title),
        before=numbers(lesson.before[-1]),
        after=numbers(lesson.after[-1]),
        known_before=lesson.known_before,
        known_after=lesson.known_after,
        known=lesson.known,
        corrections=len(session.corrections.drawings),
    )


@router.post("/undo")
def undo(session: SessionDep) -> schemas.Named:
    """Take the last correction back; gives the model before it."""
    if session.corrections is None:
        raise RequestError(409, "There is nothing to take back.")
    with session.lock:
        session.models.pop(session.corrections.undo().id, None)
        item = session.corrections.newest
    return schemas.Named(id=item.id, title=item.title)


@router.get("/drawings", response_class=Response, responses=binary_answer("application/zip"))
def drawings(session: SessionDep) -> Response:
    """All corrected drawings as a zip file of pictures, for ``glassnet teach``."""
    if session.corrections is None or not session.corrections.drawings:
        raise RequestError(404, "Nothing was corrected yet.")
    headers = {"content-disposition": 'attachment; filename="my-digits.zip"'}
    return Response(session.corrections.archive(), media_type="application/zip", headers=headers)
