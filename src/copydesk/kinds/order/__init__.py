"""The kind *order*: things in a row."""
