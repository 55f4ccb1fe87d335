"""The answer file: its content, its place on the disk, and how far each task is."""
