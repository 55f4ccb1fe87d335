"""Turns a task in which words are mended into an essay, as no platform shows an editor's marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.exchange import markup
from copydesk.kinds.edit.scoring import repaired_texts
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.kinds.edit.model import EditKey, EditTask, KeyFault


def passages_html(task: EditTask) -> str:
    """Return the passages to be mended, and what to do with them."""
    html = markup.blocks(t("exchange.edit"))
    for passage in task.passages:
        note = f" {markup.inline(passage.note)}" if passage.note else ""
        html += markup.paragraph(markup.strong(passage.id) + note) + markup.quotation(passage.text)
    return html


def reference_html(task: EditTask, key: EditKey) -> str:
    """Return the mended passages for a marker: each fault with its accepted repairs and why, and what stays."""
    html = ""
    for name, text in repaired_texts(task, key, {}).items():
        html += markup.blocks(t("exchange.edit.reference", passage=name, text=text))
    lines = [f"{_fault_line(fault)} {markup.inline(fault.why)}" for fault in key.faults]
    for keep in key.keep:
        stays = markup.inline(t("exchange.edit.keep", quote=keep.quote))
        lines.append(f"{stays} {markup.inline(keep.why)}")
    return html + markup.bullet_list(lines)


def _fault_line(fault: KeyFault) -> str:
    repairs = [repair or t("exchange.edit.struck") for repair in fault.repairs]
    return markup.inline(t("exchange.edit.fault", quote=fault.quote, repairs=" / ".join(repairs)))
