"""JupyterLab for learners and markers: started, set up, and Python in the browser."""
