"""The kinds of task: one folder each, with model, scoring, feedback and counts, and the table of all kinds."""
