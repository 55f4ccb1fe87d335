"""A course as files: its location, its article, its tasks with their keys, its glossary."""
