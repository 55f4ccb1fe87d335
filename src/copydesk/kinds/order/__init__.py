"""The kind *order*: things put in order."""
