"""The additions of ``copydesk lab`` to JupyterLab: readable files, notebooks that run by themselves, lone cells."""
