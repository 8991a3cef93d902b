"""Teaching a model a few of somebody's own digits, without making it forget the others."""

from glassnet.teaching.lesson import Lesson, learn, unseen
from glassnet.teaching.own import OwnDigits, own_digits
from glassnet.teaching.school import Report, teach

__all__ = ["Lesson", "OwnDigits", "Report", "learn", "own_digits", "teach", "unseen"]
