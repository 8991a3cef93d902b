"""Teaching a model a few of your own digits without making it forget the others."""

from glassnet.finetuning.comparison import Report, teach
from glassnet.finetuning.own_digits import OwnDigits, own_digits
from glassnet.finetuning.tune import Lesson, learn, unseen

__all__ = ["Lesson", "OwnDigits", "Report", "learn", "own_digits", "teach", "unseen"]
