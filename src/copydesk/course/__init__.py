"""A course as files: where it is, its article, its tasks with their keys, its glossary."""
