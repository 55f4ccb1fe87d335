"""What ``copydesk lab`` adds to JupyterLab: what is saved, which notebooks run by themselves, cells that run alone."""
