"""What ``copydesk lab`` adds to JupyterLab: readable files, notebooks that run by themselves, cells that run alone."""
