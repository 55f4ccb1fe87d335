"""Writes YAML as authors find it: each text whole on one line, instructions in blocks where any mark may be typed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.model.task import is_unwritten

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE_LINE = 1_000_000


class _Dumper(yaml.SafeDumper):
    """Indents lists, and writes an unwritten text as a block: there, quotation marks and colons mean nothing."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (the signature is PyYAML's)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if is_unwritten(text) else None)


_Dumper.add_representer(str, _represent_text)


def yaml_text(data: Any) -> str:  # noqa: ANN401  (any plain data)
    """Return data as YAML, in its own order."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=ONE_LINE, default_flow_style=False
    )
    return text


def entries_text(entries: Sequence[dict[str, Any]], *, indent: int = 0) -> str:
    """Return entries as a YAML list, with an empty line before each."""
    parts = ["\n" + yaml_text([entry]) for entry in entries]
    return textwrap.indent("".join(parts), " " * indent)


def comment(text: str) -> str:
    """Return a text as lines that YAML leaves out."""
    lines = textwrap.wrap(text, 110)
    return "".join(f"# {line}\n" for line in lines)
