"""Files as people send them, and files as an instructor gets them: read carefully, written whole."""
