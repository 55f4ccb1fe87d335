"""Settings of a server that many learners get, each a copy: the course in ``my-work``, its first lesson open."""
# ruff: noqa: INP001  (Jupyter reads it; nothing imports it)

import os
from pathlib import Path

from traitlets.config import Config

from copydesk.course.settings import PACKAGED
from copydesk.lab.extension.server import SECTION
from copydesk.lab.extension.settings import EXPORT_CONFIG, SERVER_EXTENSIONS, jupyter_path
from copydesk.lab.working_copy import copy_course

WORK = Path.home() / "my-work"
START = "/lab/tree/my-work/lessons/00-start.ipynb"

copy_course(PACKAGED, WORK)  # again at each start: a new release brings its notebooks, and keeps what was changed

os.environ["JUPYTER_PATH"] = jupyter_path(WORK / ".jupyter" / "data")

c = get_config()  # noqa: F821  (Jupyter puts it here)
c.merge(Config(EXPORT_CONFIG))
c.merge(Config({SECTION: {"work": str(WORK)}}))
c.ServerApp.jpserver_extensions = SERVER_EXTENSIONS
c.ServerApp.default_url = START
c.LabApp.default_url = START
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
