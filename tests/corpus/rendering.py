"""Synthetic accounts -> files: PDF with rules or without, HTML, Excel (new and old), Word."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from openpyxl.utils import get_column_letter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.corpus.synthetic import Accounts, Cell, Sheet, Style

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"


def narrative(accounts: Accounts, style: Style) -> list[str]:
    """A short explanatory part, true to the accounts."""
    spent, basic, project = accounts.spent(""), accounts.of("", 0), accounts.of("", 1)
    whole = f"{accounts.department}{accounts.year}年度"
    show = [f"{amount or 0:,.2f}{style.unit}" for amount in (spent, basic, project)]
    return [
        f"第三部分 {whole}部门决算情况说明",
        "一、支出决算情况说明",
        f"{whole}支出合计{show[0]}，其中：基本支出{show[1]}；项目支出{show[2]}。",
        "二、政府性基金预算财政拨款支出决算情况说明",
        f"{whole}无政府性基金预算财政拨款支出。",
    ]


def opening(accounts: Accounts) -> list[str]:
    """Cover and first part."""
    whole = f"{accounts.department}{accounts.year}年度"
    return [
        f"{whole}部门决算",
        f"第一部分 {accounts.department}概况",
        "一、主要职能",
        f"{accounts.department}负责本市有关工作，贯彻执行有关方针政策。",
        f"第二部分 {whole}部门决算表",
    ]


def to_html(path: Path, accounts: Accounts, style: Style) -> None:
    """A web page whose tables are told by their tags only."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>决算</title></head><body>"]
    parts += [f"<p>{html.escape(line)}</p>" for line in opening(accounts)]
    for sheet in accounts.sheets:
        parts += [f"<p>{sheet.title}</p><p>单位：{sheet.unit}</p><table>"]
        for row in (*sheet.head, *sheet.body):
            cells = "".join(f"<td rowspan={c.height} colspan='{c.width}'>{html.escape(c.text)}</td>" for c in row)
            parts.append(f"<tr>{cells}")
        parts.append(f"</table><p>{sheet.note}</p>")
    parts += [f"<div>{html.escape(line)}</div>" for line in narrative(accounts, style)]
    path.write_text("\n".join(parts), encoding="utf-8")


def _placed(rows: Sequence[Sequence[Cell]]) -> tuple[list[tuple[int, int, Cell]], int]:
    """Every cell with its row and column, and how many columns there are."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            placed.append((at, column, cell))
            taken.update((r, c) for r in range(at, at + cell.height) for c in range(column, column + cell.width))
            column += cell.width
    return placed, max(column for _, column in taken) + 1


def to_xlsx(path: Path, accounts: Accounts, style: Style) -> None:
    """A workbook with a sheet for the words and one for each table; figures are numbers with a format."""
    book = openpyxl.Workbook()
    words = book.active
    for line in opening(accounts):
        words.append([line])
    for sheet in accounts.sheets:
        page = book.create_sheet(sheet.title[:30])
        placed, width = _placed((*sheet.head, *sheet.body))
        page.append([sheet.title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        page.cell(2, width, f"单位：{sheet.unit}")
        for row, column, cell in placed:
            target = page.cell(row + 3, column + 1)
            is_amount = (
                row >= len(sheet.head) and "." in cell.text and cell.text.replace(",", "").replace(".", "").isdigit()
            )
            if is_amount:
                target.value = float(cell.text.replace(",", ""))
                target.number_format = "#,##0.00" if style.separators else "0.00"
            else:
                target.value = cell.text or None
            if cell.height > 1 or cell.width > 1:
                end = f"{get_column_letter(column + cell.width)}{row + 2 + cell.height}"
                page.merge_cells(f"{target.coordinate}:{end}")
        if sheet.note:
            page.cell(len(sheet.head) + len(sheet.body) + 3, 1, sheet.note)
    words = book.create_sheet("说明")
    for line in narrative(accounts, style):
        words.append([line])
    book.save(path)


def to_xls(path: Path, accounts: Accounts, style: Style) -> None:
    """A workbook as Excel saved it until 2003; figures are numbers with a format."""
    book = xlwt.Workbook(encoding="utf-8")
    words = book.add_sheet("概况")
    for at, line in enumerate(opening(accounts)):
        words.write(at, 0, line)
    amounts = xlwt.easyxf(num_format_str="#,##0.00" if style.separators else "0.00")
    for sheet in accounts.sheets:
        page = book.add_sheet(sheet.title[:30])
        placed, width = _placed((*sheet.head, *sheet.body))
        page.write_merge(0, 0, 0, width - 1, sheet.title)
        page.write(1, width - 1, f"单位：{sheet.unit}")
        for row, column, cell in placed:
            plain = cell.text.replace(",", "")
            is_amount = row >= len(sheet.head) and "." in plain and plain.replace(".", "").isdigit()
            value, look = (float(plain), amounts) if is_amount else (cell.text, xlwt.Style.default_style)
            if cell.height > 1 or cell.width > 1:
                page.write_merge(row + 2, row + 1 + cell.height, column, column + cell.width - 1, value, look)
            else:
                page.write(row + 2, column, value, look)
        if sheet.note:
            page.write(len(sheet.head) + len(sheet.body) + 2, 0, sheet.note)
    words = book.add_sheet("说明")
    for at, line in enumerate(narrative(accounts, style)):
        words.write(at, 0, line)
    book.save(str(path))


def to_docx(path: Path, accounts: Accounts, style: Style) -> None:
    """A Word document with merged cells."""
    document = docx.Document()
    for line in opening(accounts):
        document.add_paragraph(line)
    for sheet in accounts.sheets:
        document.add_paragraph(sheet.title)
        document.add_paragraph(f"单位：{sheet.unit}")
        rows = (*sheet.head, *sheet.body)
        placed, width = _placed(rows)
        grid = [list(row.cells) for row in document.add_table(len(rows), width).rows]
        for row, column, cell in placed:
            target = grid[row][column]
            if cell.height > 1 or cell.width > 1:
                target = target.merge(grid[row + cell.height - 1][column + cell.width - 1])
            target.text = cell.text
        document.add_paragraph(sheet.note)
    for line in narrative(accounts, style):
        document.add_paragraph(line)
    document.save(str(path))


def to_text(path: Path, accounts: Accounts, style: Style) -> None:
    """A text layer as PDF tools leave it: a space after every cell, two for an empty one."""
    lines = [f" {line} " for line in opening(accounts)]
    for sheet in accounts.sheets:
        lines += [f" {sheet.title} ", f"单位：{sheet.unit} "]
        for row in (*sheet.head, *sheet.body):
            lines.append("".join(f"{cell.text} " if cell.text else "  " for cell in row))
        lines += [f"{sheet.note} "] if sheet.note else []
    lines += [f" {line} " for line in narrative(accounts, style)]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def to_layout(path: Path, accounts: Accounts, style: Style, *, wide: int = 2, page: int = 40) -> None:
    """Text whose columns are kept by spaces: wrapped header cells, names beside right-aligned figures, page numbers.

    ``wide``: columns a Chinese character takes; ``page``: the most rows of a table on a page.
    """
    pages = [[" " * 20 + opening(accounts)[0]], [f"    {line}" for line in opening(accounts)[1:]]]
    for sheet in accounts.sheets:
        placed, columns = _placed((*sheet.head, *sheet.body))
        head = [each for each in placed if each[0] < len(sheet.head)]
        body = [each for each in placed if each[0] >= len(sheet.head)]
        widths = [
            max([_columns(c.text, wide) for _, at, c in body if at == column and c.width == 1] + [8 * wide])
            for column in range(columns)
        ]
        starts = [sum(widths[:column]) + 3 * column for column in range(columns + 1)]
        header = _layout_header(head, starts, wide)
        rows = [
            _layout_row([each for each in body if each[0] == row], starts, wide)
            for row in range(len(sheet.head), len(sheet.head) + len(sheet.body))
        ]
        middle = " " * max(0, (starts[-1] - _columns(sheet.title, wide)) // 2)
        caption = [middle + sheet.title, " " * (starts[-1] - 7 * wide) + f"单位：{sheet.unit}"]
        parts = [rows[at : at + page] for at in range(0, len(rows), page)]
        pages += [[*(caption if not at else ()), *header, *part] for at, part in enumerate(parts)]
        pages[-1] += ["", sheet.note] if sheet.note else []
    pages.append([f"    {line}" for line in narrative(accounts, style)])
    texts = ["\n".join([*lines, "", "", " " * 40 + str(at), ""]) for at, lines in enumerate(pages)]
    path.write_text("\f".join(texts), encoding="utf-8")


def _columns(text: str, wide: int) -> int:
    return sum(wide if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _layout_header(head: Sequence[tuple[int, int, Cell]], starts: Sequence[int], wide: int) -> list[str]:
    """Two lines for every row of the header; a cell stands in the middle of what it spans, wrapped where it is long."""
    height = 2 * (max(row + cell.height for row, _, cell in head))
    words: list[list[tuple[int, str]]] = [[] for _ in range(height)]
    for row, column, cell in head:
        left, right = starts[column], starts[column + cell.width] - 3
        fits = max(1, (right - left) // wide)
        lines = [cell.text[at : at + fits] for at in range(0, len(cell.text), fits)]
        top = 2 * row + (2 * cell.height - len(lines)) // 2
        for at, line in enumerate(lines):
            words[top + at].append((left + (right - left - _columns(line, wide)) // 2, line))
    return [line for line in (_layout_line(own, wide) for own in words) if line]


def _layout_row(row: Sequence[tuple[int, int, Cell]], starts: Sequence[int], wide: int) -> str:
    """Figures end at the right of their column, names and codes begin at its left, totals stand in the middle."""
    words = []
    for _, column, cell in row:
        left, room = starts[column], starts[column + cell.width] - 3 - starts[column] - _columns(cell.text, wide)
        is_figure = cell.text[-3:-2] == "." or cell.text == "0"
        words.append((left + (room if is_figure else room // 2 if cell.width > 1 else 0), cell.text))
    return _layout_line(words, wide)


def _layout_line(words: Sequence[tuple[int, str]], wide: int) -> str:
    line = ""
    for start, text in sorted(word for word in words if word[1]):
        line += " " * (start - _columns(line, wide)) + text
    return line


def embedded_font() -> str:
    """A font with Chinese characters, registered for embedding; skips the test where there is none."""
    if "wqy" not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(TTFont("wqy", FONT, subfontIndex=0))
        except (TTFError, OSError):
            pytest.skip("no font with Chinese characters (Debian: apt-get install fonts-wqy-microhei)")
    return "wqy"


def to_pdf(path: Path, accounts: Accounts, style: Style, *, rules: str = "all", repeat: bool = True) -> None:
    """A PDF with its font embedded; tables break over pages, with header rows repeated or not.

    ``rules``: "all", "narrow" (all, and columns so narrow that figures wrap), "thick", "columns" (none between the
    rows), "rows" (none between the columns), "frame" (only around the table) or "none".
    """
    font = embedded_font()
    body = ParagraphStyle("body", fontName=font, fontSize=11, leading=16, firstLineIndent=22, wordWrap="CJK")
    title = ParagraphStyle("title", fontName=font, fontSize=15, leading=22, alignment=1)
    right = ParagraphStyle("right", fontName=font, fontSize=9, alignment=2)
    name = ParagraphStyle("name", fontName=font, fontSize=8, leading=10, wordWrap="CJK")
    middle = ParagraphStyle("middle", parent=name, alignment=1)
    first, *words = opening(accounts)
    story = [Paragraph(first, title), PageBreak(), *(Paragraph(line, body) for line in words)]
    for sheet in accounts.sheets:
        story += [
            PageBreak(),
            Paragraph(sheet.title, title),
            Spacer(1, 4),
            Paragraph(f"单位：{sheet.unit}", right),
            Spacer(1, 6),
        ]
        story.append(_table(sheet, font, (name, middle), rules, repeat))
        story += [Spacer(1, 6), Paragraph(sheet.note, body)] if sheet.note else []
    story.append(PageBreak())
    story += [Paragraph(line, body) for line in narrative(accounts, style)]
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=40, rightMargin=40).build(story)


def _table(sheet: Sheet, font: str, styles: tuple[ParagraphStyle, ParagraphStyle], rules: str, repeat: bool) -> Table:
    rows = (*sheet.head, *sheet.body)
    placed, width = _placed(rows)
    data: list[list[object]] = [[""] * width for _ in rows]
    commands: list[tuple[object, ...]] = [("FONT", (0, 0), (-1, -1), font, 8), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    commands += _rules(rules, len(sheet.head))
    for row, column, cell in placed:
        is_word = not cell.text.replace(",", "").replace(".", "").isdigit()
        in_head = row < len(sheet.head)
        wraps = bool(cell.text) and (is_word or rules == "narrow")
        data[row][column] = Paragraph(cell.text, styles[in_head]) if wraps else cell.text
        if not is_word:
            place = "CENTER" if in_head else "LEFT" if "." not in cell.text else "RIGHT"
            commands.append(("ALIGN", (column, row), (column, row), place))
        if cell.height > 1 or cell.width > 1:
            commands.append(("SPAN", (column, row), (column + cell.width - 1, row + cell.height - 1)))
    total = 760
    labels = {c for _, c, cell in placed if cell.text in ("科目名称", "项目") and cell.width == 1}
    wide = 120 if labels else 0
    plain = (total - wide * len(labels)) / (width - len(labels)) if width > len(labels) else 0
    widths = [wide if column in labels else min(plain, 110) for column in range(width)]
    if rules == "narrow":
        widths = [min(width, 46) for width in widths]
    return Table(data, colWidths=widths, style=commands, repeatRows=len(sheet.head) if repeat else 0)


def _rules(rules: str, head: int) -> list[tuple[object, ...]]:
    whole = ((0, 0), (-1, -1))
    if rules == "columns":
        header = ("GRID", (0, 0), (-1, head - 1), 0.5, "black")
        return [header, ("BOX", *whole, 0.5, "black"), ("LINEAFTER", (0, head), (-1, -1), 0.5, "black")]
    if rules == "rows":
        return [("LINEBELOW", *whole, 0.3, "black"), ("LINEABOVE", (0, 0), (-1, 0), 0.3, "black")]
    if rules == "frame":
        return [("BOX", *whole, 1, "black")]
    width = {"all": 0.5, "narrow": 0.5, "thick": 2.5}.get(rules)
    return [("GRID", *whole, width, "black")] if width else []
