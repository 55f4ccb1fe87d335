"""Marking written work: anonymous texts in; marks by a person, by criterion, out; moderated before they count."""
