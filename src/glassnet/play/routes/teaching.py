"""That was a 7: correct, see what was learned and forgotten, take it back, take it along."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from glassnet.play import schemas
from glassnet.play.context import Here, Visitor
from glassnet.play.converting import numbers
from glassnet.play.refusal import RequestError
from glassnet.play.teaching import teach

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
def correct(asked: TeachRequest, here: Here, session: Visitor) -> TeachAnswer:
    """Teach the model this drawing; a new model stands beside the old one."""
    item = here.shelf.get(asked.model, session)
    most = here.settings.limits.drawings
    taught = teach(item, asked.pixels, asked.image, asked.label, session, here.data, most)
    lesson = taught.lesson
    assert session.lessons is not None  # it was just taught
    return TeachAnswer(
        model=schemas.Named(id=taught.item.id, title=taught.item.title),
        before=numbers(lesson.before[-1]),
        after=numbers(lesson.after[-1]),
        known_before=lesson.known_before,
        known_after=lesson.known_after,
        known=lesson.known,
        corrections=len(session.lessons.corrections),
    )


@router.post("/undo")
def undo(session: Visitor) -> schemas.Named:
    """Take the last correction back; gives the model before it."""
    if session.lessons is None:
        raise RequestError(409, "There is nothing to take back.")
    with session.lock:
        item = session.lessons.undo(session)
    return schemas.Named(id=item.id, title=item.title)


@router.get("/drawings", response_class=Response)
def drawings(session: Visitor) -> Response:
    """All corrected drawings as a zip file of pictures, for ``glassnet teach``."""
    if session.lessons is None or not session.lessons.corrections:
        raise RequestError(404, "Nothing was corrected yet.")
    headers = {"content-disposition": 'attachment; filename="my-digits.zip"'}
    return Response(session.lessons.archive(), media_type="application/zip", headers=headers)
