"""The kind *written*: a text that a person marks by a rubric."""
