"""What the API's description says beyond the shapes of requests and answers: refusals, and bytes."""

from typing import Any

from pydantic import BaseModel

__all__ = ["FILE_BODY", "REFUSALS", "Problem", "binary_answer"]


class Problem(BaseModel):
    """What is wrong with a request, and what to do."""

    detail: str


def binary_answer(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What an endpoint says of an answer that is no JSON."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "Bytes", "content": content}}


FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""What an endpoint says of a request whose body is a file."""

REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "What is wrong, and what to do"},
    507: {"model": Problem, "description": "A file cannot be written"},
}
"""What every endpoint may send instead of its answer."""
