"""What a tab taught its models: corrections, kept as one's own data, each of which can be taken back."""

import io
import zipfile
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from glassnet.finetuning import Lesson, learn
from glassnet.play.datasets import DataShelf
from glassnet.play.refusal import RequestError
from glassnet.play.sessions import Session
from glassnet.play.shelf import Shelved

__all__ = ["Lessons", "Taught", "teach"]


@dataclass(frozen=True)
class Correction:
    """A drawing, and what it was."""

    pixels: NDArray[np.uint8]
    image: NDArray[np.uint8]
    label: int
    name: str


@dataclass(frozen=True)
class Taught:
    """The last lesson, for the page."""

    item: Shelved
    lesson: Lesson


@dataclass
class Lessons:
    """The corrections of one model, oldest first.

    Attributes
    ----------
    first : Shelved
        The model as it was before all of them.
    corrections : list of Correction
    models : list of Shelved
        After each correction.
    """

    first: Shelved
    corrections: list[Correction] = field(default_factory=list)
    models: list[Shelved] = field(default_factory=list)

    @property
    def newest(self) -> Shelved:
        """The model as it is now."""
        return self.models[-1] if self.models else self.first

    def undo(self, session: Session) -> Shelved:
        """Take the last correction back.

        Raises
        ------
        RequestError
            When there is none.
        """
        if not self.models:
            raise RequestError(409, "There is nothing to take back.")
        session.models.pop(self.models.pop().id, None)
        self.corrections.pop()
        return self.newest

    def archive(self) -> bytes:
        """All drawings as PNG files, named as ``glassnet teach`` reads them."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number, correction in enumerate(self.corrections, start=1):
                picture = io.BytesIO()
                Image.fromarray(255 - correction.image).save(picture, "PNG")
                archive.writestr(f"{correction.name}_{number:03}.png", picture.getvalue())
        return buffer.getvalue()


def teach(
    item: Shelved,
    pixels: list[float],
    image: list[int],
    label: int,
    session: Session,
    data: DataShelf,
    most: int,
) -> Taught:
    """Teach a model one more drawing, together with all earlier ones.

    Raises
    ------
    RequestError
        When the drawing does not fit, or there are too many.
    """
    model = item.model
    names, shape = model.class_names, model.image_shape
    if shape is None or names is None:
        raise RequestError(422, "This model does not read drawings.")
    if not 0 <= label < len(names) or len(pixels) != shape[0] * shape[1] or len(image) != 784:
        raise RequestError(422, "The drawing or its label does not fit this model.")
    with session.lock:
        lessons = session.lessons
        if lessons is None or lessons.newest.id != item.id:
            lessons = Lessons(item)
        if len(lessons.corrections) >= most:
            raise RequestError(409, f"{most} corrections are kept; take some back, or reload the page.")
        correction = Correction(
            np.clip(pixels, 0, 255).astype(np.uint8).reshape(shape),
            np.clip(image, 0, 255).astype(np.uint8).reshape(28, 28),
            label,
            names[label],
        )
        corrections = [*lessons.corrections, correction]
        rehearsal, check = data.known(model, session)
        with item.lock:
            lesson = learn(
                model,
                np.stack([each.pixels for each in corrections]),
                np.array([each.label for each in corrections], np.int64),
                rehearsal,
                check,
            )
        count = len(corrections)
        id_ = f"taught-{session.started}-{count}-{len(session.models)}"
        taught = Shelved(id_, f"{lessons.first.title}, corrected {count}×", lesson.model)
        lessons.corrections.append(correction)
        lessons.models.append(taught)
        session.models[id_] = taught
        session.lessons = lessons
        return Taught(taught, lesson)
