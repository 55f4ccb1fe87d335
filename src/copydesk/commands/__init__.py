"""The command line: one module per group of commands, each of which calls the module that does the work."""
