"""Makes a new course of a text, and says what in it is still open."""
