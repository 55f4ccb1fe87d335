"""Grading: submissions in; gradebook, feedback pages and a table of problems out. Nothing submitted is ever run."""

from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.results.summary import GradingReport
from copydesk.grading.run.options import Options
from copydesk.grading.run.run import grade

__all__ = ["GradingError", "GradingReport", "Options", "SubmissionProblem", "grade"]
