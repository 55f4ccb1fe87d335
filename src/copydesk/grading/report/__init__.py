"""The class report: what the class found hard, as a page and as tables."""
