"""Grading: hand-ins in; gradebook, feedback pages and a table of problems out. Nothing handed in is ever run."""

from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.run import Options, grade
from copydesk.grading.summary import GradingReport

__all__ = ["GradingError", "GradingReport", "HandInProblem", "Options", "grade"]
