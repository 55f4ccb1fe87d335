"""JupyterLab for learners and markers: starting it, its settings, and Python in the browser."""
