"""Makes what is given away: exercises cut from solutions, tidy notebooks, and the static book."""

from copydesk.publish.book import BookError, build
from copydesk.publish.leaks import Leak, find_leaks
from copydesk.publish.notebook import read_notebook, tidy, write_notebook
from copydesk.publish.release import release

__all__ = ["BookError", "Leak", "build", "find_leaks", "read_notebook", "release", "tidy", "write_notebook"]
