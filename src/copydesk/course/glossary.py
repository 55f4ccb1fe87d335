"""Makes the glossary readable outside the book: in JupyterLab, where the lessons also link to it."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

GLOSSARY = Path("book", "glossary.md")
"""Its place in the course, where the notebooks' links expect it."""

BLOCK = re.compile(r"^```\{glossary\}\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)
TERM = re.compile(r"^(\S.*)\n((?:[ \t]+.*\n|\n)*)", re.MULTILINE)


def plain_glossary(text: str) -> str:
    """Return the glossary as plain Markdown: each term a heading, with its meaning below."""
    return BLOCK.sub(_plain_block, text)


def _plain_block(block: re.Match[str]) -> str:
    return TERM.sub(_plain_term, block[1]).rstrip() + "\n"


def _plain_term(term: re.Match[str]) -> str:
    return f"### {term[1]}\n\n{dedent(term[2]).strip()}\n\n"
