"""The named texts of a table (评价结论, 主要绩效 …) as paragraphs whose characters know their line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Line, NamedText, Paragraph, Table
from corpus.paragraphs import join_lines


@dataclass(frozen=True, slots=True)
class NamedParagraph:
    """``name`` as printed before the text; ``project``: what the table is about, "" where it does not say."""

    table: Table
    name: str
    project: str
    paragraph: Paragraph


def table_to_paragraphs(lines: Sequence[Line], table: Table) -> tuple[NamedParagraph, ...]:
    """The table's running texts; its name and what is nothing but an amount (a cell) are left out."""
    amounts = {row.label for row in table.rows}
    project = next((text.text for text in table.texts if text.name.endswith("名称")), "")
    return tuple(
        NamedParagraph(table, text.name, project, _paragraph(lines, table, text))
        for text in table.texts
        if text.name not in amounts and not text.name.endswith("名称") and text.text
    )


def _paragraph(lines: Sequence[Line], table: Table, text: NamedText) -> Paragraph:
    own = [line for line in lines[text.line - 1 : text.last_line] if line.text.strip()]
    label = re.match(r"\s*" + r"\s*".join(map(re.escape, text.name)) + r"[\s:：]*", own[0].text)
    if label:
        rest = own[0].text[label.end() :]
        own = [Line(own[0].number, own[0].page, rest), *own[1:]] if rest.strip() else own[1:]
    block = join_lines(own)
    return Paragraph(table.section, block.text, block.starts, block.lines, block.pages)
