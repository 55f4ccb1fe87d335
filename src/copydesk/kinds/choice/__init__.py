"""The kind *choice*: one or several options."""
