"""Draw: reading a drawing."""

import time

import numpy as np
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from numpy.typing import NDArray

from glassnet.errors import ImageError
from glassnet.explain.seeing import see
from glassnet.play import schemas
from glassnet.play.dependencies import ServicesDep, SessionDep
from glassnet.play.errors import RequestError
from glassnet.play.openapi import FILE_BODY
from glassnet.play.rasterize import Stroke, rasterize
from glassnet.play.serialization import class_names, digit_answer, rejected_answer
from glassnet.play.session import Session
from glassnet.play.settings import Limits
from glassnet.preprocessing.open import open_picture

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["reading"])

PICTURES = 6  # that a tab keeps
FINE = 1000  # pixels of the longer side, where a photograph lies under the strokes


@router.post("/read")
def read_drawing(asked: schemas.ReadRequest, services: ServicesDep, session: SessionDep) -> schemas.Reading:
    """What the model reads in a drawing, with the way there."""
    began = time.perf_counter()
    item = services.models.get(asked.model, session)
    picture, scale = _picture(asked.drawing, session, services.settings.limits)
    sight = see(picture, item.model)
    names = class_names(item.model)
    return schemas.Reading(
        text=sight.text,
        reason=sight.reason,
        digits=[digit_answer(digit, names, scale) for digit in sight.digits],
        refused=[rejected_answer(refused, names, scale) for refused in sight.refused],
        milliseconds=1000 * (time.perf_counter() - began),
    )


@router.post("/pictures", openapi_extra=FILE_BODY)
async def open_photo(request: Request, session: SessionDep) -> schemas.Opened:
    """Open a picture to read or draw upon: the body is a PNG, JPEG or the like."""
    return await run_in_threadpool(_keep, await request.body(), session)


def _keep(content: bytes, session: Session) -> schemas.Opened:
    with session.lock:
        path = session.folder / "picture"
        path.write_bytes(content)
        try:
            picture = open_picture(path)
        except ImageError as error:
            raise RequestError(422, str(error).replace(str(path), "The picture")) from error
        finally:
            path.unlink()
        number = 1 + max((int(name) for name in session.pictures), default=0)
        session.pictures[str(number)] = picture
        while len(session.pictures) > PICTURES:
            session.pictures.pop(next(iter(session.pictures)))
    return schemas.Opened(picture=str(number), width=picture.shape[1], height=picture.shape[0])


def _picture(drawing: schemas.Drawing, session: Session, limits: Limits) -> tuple[NDArray[np.uint8], float]:
    """The drawing as pixels, and how many of them make one unit of it."""
    points = sum(len(stroke.points) for stroke in drawing.strokes)
    if len(drawing.strokes) > limits.strokes or points > limits.points:
        raise RequestError(
            413, f"A drawing may have {limits.strokes} strokes with {limits.points:,} points together."
        )
    paper, scale = None, 1.0
    if drawing.picture is not None:
        paper = session.pictures.get(drawing.picture)
        if paper is None:
            raise RequestError(404, "The picture is not here any more. Open it again.")
        scale = max(1.0, FINE / max(drawing.width, drawing.height))
    strokes = [
        Stroke([(x * scale, y * scale) for x, y in stroke.points], stroke.width * scale, stroke.erase)
        for stroke in drawing.strokes
    ]
    size = round(drawing.width * scale), round(drawing.height * scale)
    return rasterize(strokes, *size, paper), scale
