"""The version of Copy Desk, in one place."""

__version__ = "0.1.0"
