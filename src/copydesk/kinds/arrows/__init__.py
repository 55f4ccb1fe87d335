"""The kind *arrows*: links from one thing to another."""
