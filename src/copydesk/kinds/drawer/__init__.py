"""The kind *drawer*: evidence that a learner opens."""
