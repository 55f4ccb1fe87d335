"""Marking written work: texts without names in; marks by a person, by criterion, out; moderated before they count."""
