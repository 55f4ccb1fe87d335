"""The feedback page of a learner, and the archive of all pages."""
