"""The class file: what an instructor lays down once for a class, so that each command needs one word."""
