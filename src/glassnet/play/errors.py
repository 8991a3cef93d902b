"""A request that is answered with a reason instead."""

__all__ = ["RequestError"]


class RequestError(Exception):
    """What the visitor asked for is not done.

    Parameters
    ----------
    status : int
        Of the HTTP answer, 4xx.
    message : str
        What is wrong and what to do.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
