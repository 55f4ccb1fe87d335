"""Work of several learners that is alike: for the instructor to look at, never a verdict."""
