"""Exercises that mark themselves: a learner's code, and what is wrong with it in plain words.

One idea carries it: a mistake that can be named can be executed. Each exercise has a solution and *twins*
of it, each with one mistake; code whose numbers are a twin's has the twin's mistake.
"""

from glassnet.learn.course import Course, Standing
from glassnet.learn.exercise import Case, Exercise, Part, Sizes, Twin
from glassnet.learn.exercises import ORDER, all_exercises, load_exercise
from glassnet.learn.marking import mark_file, mark_functions, mark_source
from glassnet.learn.process import Worker
from glassnet.learn.verdict import Example, Status, Verdict

__all__ = [
    "ORDER",
    "Case",
    "Course",
    "Example",
    "Exercise",
    "Part",
    "Sizes",
    "Standing",
    "Status",
    "Twin",
    "Verdict",
    "Worker",
    "all_exercises",
    "load_exercise",
    "mark_file",
    "mark_functions",
    "mark_source",
]
