"""Is a report all there? It is refused where the file shows that it stops too early."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Line, Table
from corpus.errors import NotAReport, TruncatedReport
from corpus.numerals import text_to_numbers
from corpus.outline import Outline
from corpus.paragraphs import full_width, is_full

_FEWEST_FIGURES = 30  # an explanatory part names each item's amount, share and change
_ENDED = re.compile(r"[。！？；：.!?)）】」』”》%\d…]\s*$")


def refuse_bare(path: Path, tables: Sequence[Table], outline: Outline) -> None:
    """Raises NotAReport for a file with neither one of the template's tables nor an explanatory part with figures.

    Some departments publish the tables as an appendix of its own: their explanatory part alone is a report too.
    """
    if any(table.kind not in ("other", "performance") for table in tables):
        return
    numbers = (number for paragraph in outline.paragraphs for number in text_to_numbers(paragraph.text))
    if sum(not number.kind for number in numbers) < _FEWEST_FIGURES:
        raise NotAReport(path, "没有找到任何一张决算表")


def refuse_truncated(path: Path, lines: Sequence[Line], outline: Outline, tables: Sequence[Table]) -> None:
    """Raises TruncatedReport for a file that stops in a table, in a wrapped sentence or right after a part's heading.

    A file may rightly end with a table of figures if the table is whole (proved by its sums, or empty with its
    note) and the explanatory part, if the report has numbered parts at all, came before.
    """
    last = max((line for line in lines if line.text.strip()), key=lambda line: line.number)
    table = next((t for t in tables if t.first_line <= last.number <= t.last_line), None)
    if table is None:
        if _breaks_off(last, lines, outline):
            raise TruncatedReport(path, f"第 {last.number} 行的句子中间")
        return
    named = table.kind == "performance"
    whole = _named_whole(table, tables) if named else _figures_whole(table) and _explained(outline)
    if not whole:
        raise TruncatedReport(path, f"第 {last.number} 行《{table.title}》表中")


def _breaks_off(last: Line, lines: Sequence[Line], outline: Outline) -> bool:
    """A last line of running text that is as long as a wrapped one and ends inside a sentence; or a bare heading."""
    if not any(last.number in paragraph.lines for paragraph in outline.paragraphs):
        return bool(outline.sections) and outline.sections[-1].level == 1
    of_text = {number for paragraph in outline.paragraphs for number in paragraph.lines}
    full = full_width([line.text for line in lines if line.number in of_text])
    return is_full(last.text, full) and not _ENDED.search(last.text)


def _figures_whole(table: Table) -> bool:
    return table.proof.status == "proved" or (table.proof.status == "empty" and bool(table.note))


def _explained(outline: Outline) -> bool:
    parts = [section for section in outline.sections if section.level == 1]
    return not parts or any("说明" in part.title for part in parts)


def _named_whole(table: Table, tables: Sequence[Table]) -> bool:
    """All the figures and as many texts as in the tables of its kind before it, and the last one not broken off."""
    before = [len(t.texts) for t in tables if t.kind == table.kind and t.first_line < table.first_line]
    text = table.texts[-1].text if table.texts else ""
    return bool(table.rows) and len(table.texts) >= max(before, default=0) and bool(_ENDED.search(text))
