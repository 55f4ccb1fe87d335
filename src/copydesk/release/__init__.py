"""What the repository derives from its sources (learner notebooks, exercises, schemas), and the check for leaks."""
