"""The kind *spans*: words marked in a text."""
