"""Runs the command line as ``python -m copydesk``."""

from copydesk.commands.main import main

main()
