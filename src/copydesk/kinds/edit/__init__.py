"""The kind *edit*: mend the words of a passage."""
