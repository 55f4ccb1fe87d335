"""The answer file: what it holds, how it is kept without loss, and how far each task is."""
