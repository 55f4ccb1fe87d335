"""True or not: a statement, and whether it is true; a kind for a test, in no table of the project."""
