"""Teaching a model a corrected drawing."""

import numpy as np

from glassnet.finetuning import Lesson, learn
from glassnet.play.corrections import Correction, Corrections
from glassnet.play.data_registry import DataRegistry
from glassnet.play.errors import RequestError
from glassnet.play.registered_model import RegisteredModel
from glassnet.play.session import Session

__all__ = ["correction_for", "teach"]


def teach(
    item: RegisteredModel, correction: Correction, session: Session, data: DataRegistry, limit: int
) -> tuple[RegisteredModel, Lesson]:
    """Teach a model one more drawing, together with all earlier ones.

    Parameters
    ----------
    item : RegisteredModel
    correction : Correction
        As :func:`correction_for` gives it for this model.
    session : Session
        Gets the new model, and remembers the drawing.
    data : DataRegistry
        Holds the known samples that are learned again meanwhile.
    limit : int
        So many drawings are remembered.

    Returns
    -------
    tuple
        The new model, and what it learned and forgot.

    Raises
    ------
    RequestError
        When there are too many.
    """
    with session.lock:
        before = session.corrections
        if before is None or before.newest.id != item.id:
            before = Corrections(item)
        if len(before.drawings) >= limit:
            raise RequestError(409, f"{limit} corrections are kept; take some back, or reload the page.")
        drawings = [*before.drawings, correction]
        rehearsal, check = data.known(item.model, session)
        lesson = learn(
            item.model,
            np.stack([each.pixels for each in drawings]),
            np.array([each.label for each in drawings], np.int64),
            rehearsal,
            check,
        )
        id_ = f"taught-{session.started}-{len(drawings)}-{len(session.models)}"
        taught = RegisteredModel(id_, f"{before.first.title}, corrected {len(drawings)}×", lesson.model)
        before.drawings.append(correction)
        before.models.append(taught)
        session.models[id_] = taught
        session.corrections = before
        return taught, lesson


def correction_for(item: RegisteredModel, pixels: list[float], image: list[int], label: int) -> Correction:
    """A drawing as this model can learn it.

    Raises
    ------
    RequestError
        When drawing or label do not fit the model.
    """
    names, shape = item.model.class_names, item.model.image_shape
    if shape is None or names is None:
        raise RequestError(422, "This model does not read drawings.")
    if not 0 <= label < len(names) or len(pixels) != shape[0] * shape[1] or len(image) != 784:
        raise RequestError(422, "The drawing or its label does not fit this model.")
    return Correction(
        np.clip(pixels, 0, 255).astype(np.uint8).reshape(shape),
        np.clip(image, 0, 255).astype(np.uint8).reshape(28, 28),
        label,
        names[label],
    )
