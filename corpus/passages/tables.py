"""A table -> pieces: the whole (what it lists), its rows in groups (what they say), named texts one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

from corpus.document import Cell, Document, Row, Table
from corpus.passages.passage import Piece

ROWS_IN_FULL = 14  # a table up to this many rows is one piece with its figures
ROWS_IN_GROUP = 10  # longer ones: a top-level item with its parts, at most about this many rows
ROWS_ALONE = 3  # fewer rows at the end stay with the group before


def table_to_pieces(document: Document, table: Table) -> list[Piece]:
    """The pieces of one table; the figures stand as printed, an empty cell is left out."""
    if table.kind == "performance":
        return list(_performance_to_pieces(table))
    cells = _cells_by_row(table)
    if len(table.rows) <= ROWS_IN_FULL:
        return [_piece(table, "table", _rows_to_body(table, table.rows, cells), table.page, table.first_line)]
    names = "、".join(dict.fromkeys(row.label for row in table.rows if row.label))
    whole = _piece(table, "table", f"项目：{names}", table.page, table.first_line)
    return [whole, *_row_groups(table, cells)]


def _piece(table: Table, kind: str, body: str, page: int, line: int, last_line: int | None = None) -> Piece:
    full = "\n".join(part for part in (body, table.note) if part)
    return Piece(
        "row-group" if kind == "row-group" else "table",
        table.section,
        table.title,
        full,
        page,
        line,
        last_line or table.last_line,
        caption=_caption(table),
        table_id=table.id,
    )


def _caption(table: Table) -> str:
    """Title, unit and header, so that figures can be read without the table around them."""
    unit = f"（单位：{table.unit}）" if table.unit else ""
    columns = "；".join(" › ".join(column.path) for column in table.columns if column.path)
    return f"{table.title}{unit}" + (f"\n列：{columns}" if columns else "")


def _cells_by_row(table: Table) -> dict[int, list[Cell]]:
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        cells[cell.row].append(cell)
    return cells


def _rows_to_body(table: Table, rows: tuple[Row, ...] | list[Row], cells: dict[int, list[Cell]]) -> str:
    return "\n".join(_row_to_text(table, row, cells[row.index]) for row in rows)


def _row_to_text(table: Table, row: Row, cells: list[Cell]) -> str:
    names = _column_names(table)
    figures = "，".join(
        f"{names.get(cell.column, '')} {cell.text.strip()}".strip() for cell in cells if cell.state != "blank"
    )
    label = f"{row.code} {row.label}".strip()
    return f"{label}：{figures or '（空）'}" if label else figures


def _column_names(table: Table) -> dict[int, str]:
    """The header of each column without what is common to all: that stands in the caption already."""
    paths = [column.path for column in table.columns]
    levels = zip(*paths, strict=False) if len(paths) > 1 else ()
    common = len(list(takewhile(lambda level: len(set(level)) == 1, levels)))
    return {column.index: " ".join(column.path[common:] or column.path) for column in table.columns}


def _row_groups(table: Table, cells: dict[int, list[Cell]]) -> Iterator[Piece]:
    """One panel after the other, as they are read, although they are printed side by side."""
    for panel in dict.fromkeys(row.panel for row in table.rows):
        rows = [row for row in table.rows if row.panel == panel]
        for group in _cut_rows(rows):
            yield _group_piece(table, group, cells)


def _cut_rows(rows: list[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row in rows:
        begins = not groups or (row.level == 1 and len(groups[-1]) > 1) or len(groups[-1]) >= ROWS_IN_GROUP
        if begins:
            groups.append([])
        groups[-1].append(row)
    if len(groups) > 1 and len(groups[-1]) < ROWS_ALONE:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _group_piece(table: Table, rows: list[Row], cells: dict[int, list[Cell]]) -> Piece:
    lines = [row.line for row in rows] + [cell.line for row in rows for cell in cells[row.index]]
    body = _rows_to_body(table, rows, cells)
    return _piece(table, "row-group", body, rows[0].page, min(lines), max(lines))


def _performance_to_pieces(table: Table) -> Iterator[Piece]:
    """The whole evaluation, and each named text of it under the project's name."""
    texts = [(text.name, text.text.strip(), text.page, text.line, text.last_line) for text in table.texts]
    project = next((said for name, said, *_ in texts if name == "项目名称"), "")
    body = "\n".join(f"{name}：{said}" for name, said, *_ in texts)
    yield Piece(
        "performance",
        table.section,
        table.title,
        body,
        table.page,
        table.first_line,
        table.last_line,
        caption=table.title,
        table_id=table.id,
    )
    for name, said, page, line, last_line in texts:
        if said and said != project:
            caption = f"{table.title} {project}".strip()
            yield Piece(
                "performance",
                table.section,
                name,
                f"{name}：{said}",
                page,
                line,
                last_line,
                caption=caption,
                table_id=table.id,
            )
