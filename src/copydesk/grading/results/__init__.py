"""The tables that an instructor gets: gradebook, marks for a platform, changes of scores."""
