"""The command line: one module a group of commands, each of which calls the module that does the work."""
