"""The kinds of task: a folder each, with model, scoring, feedback and counts, and the table of all kinds."""
