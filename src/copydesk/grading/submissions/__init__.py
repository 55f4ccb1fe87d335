"""Whose a submission is, and which of a learner's submissions counts."""
