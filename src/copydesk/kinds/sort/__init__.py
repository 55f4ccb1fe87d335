"""The kind *sort*: cards into columns."""
