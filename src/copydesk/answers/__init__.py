"""The answer file: its content, its place on the disk, and the progress of each task."""
