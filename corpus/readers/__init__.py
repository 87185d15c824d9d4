"""A report file -> Document. One module per file format; ``read_report`` picks it by the file's content.

A new format: a module here with ``bytes -> Source`` (lines, and the grids of its tables: see pieces.py), and its
entry in ``_READERS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus.document import Document, Line, Table
from corpus.errors import (
    AlteredReport,
    EmptyReport,
    Encrypted,
    MissingReport,
    NotAReport,
    OldWord,
    UnsupportedFormat,
)
from corpus.grids.counting import grid_to_marks
from corpus.grids.joining import join_grids
from corpus.grids.tables import GridTable, grid_table_to_table, grids_to_tables
from corpus.layouts import TableRegion, lines_to_regions, region_to_table
from corpus.outline import Outline, lines_to_outline
from corpus.readers import excel, html, old_excel, pdf, word
from corpus.readers.catalogue import Entry, find_entry
from corpus.readers.pieces import Source
from corpus.readers.text import bytes_to_source, is_text
from corpus.readers.title import Title, find_title, is_title
from corpus.readers.whole import refuse_bare, refuse_truncated

# Tried in order: does this reader take the bytes, and if so, the lines and grids they hold.
_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[Path, bytes], Source]], ...] = (
    (pdf.is_pdf, pdf.bytes_to_source),
    (word.is_docx, word.bytes_to_source),
    (excel.is_xlsx, excel.bytes_to_source),
    (old_excel.is_xls, old_excel.bytes_to_source),
    (html.is_html, html.bytes_to_source),
    (is_text, bytes_to_source),
)
_MAGIC = {
    b"PK\x03\x04": "这是压缩文件",
    b"\xd0\xcf\x11\xe0": "这是旧版或加密的 Office 文件",
    b"\x89PNG": "这是图片",
    b"\xff\xd8\xff": "这是图片",
}

__all__ = ["read_report"]


def read_report(path: Path | str) -> Document:
    """The report in the file ``path``, with its tables; reports.toml beside it may name department, year and id.

    Raises a kind of ``UnreadableReport``: no such file, empty, of another format or encoding, cut off
    in a table, not a final-accounts report, or not the file that reports.toml describes.
    """
    path = Path(path)
    data = _read_bytes(path)
    entry = find_entry(path)
    document = _build(path, data, _bytes_to_source(path, data), entry)
    if entry.sha256 and entry.sha256 != document.sha256:
        raise AlteredReport(path, entry.sha256, document.sha256)
    return document


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise MissingReport(path) from error
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf"):
        raise EmptyReport(path)
    return data


def _bytes_to_source(path: Path, data: bytes) -> Source:
    for takes, to_source in _READERS:
        if takes(data):
            source = to_source(path, data)
            if not any(line.text.strip() for line in source.lines):
                raise EmptyReport(path)
            return source
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted(path)
        if "WordDocument".encode("utf-16-le") in data:
            raise OldWord(path)
    found = next((what for magic, what in _MAGIC.items() if data.startswith(magic)), "这是二进制文件")
    raise UnsupportedFormat(path, found)


def _build(path: Path, data: bytes, source: Source, entry: Entry) -> Document:
    lines = source.lines
    ruled = grids_to_tables(join_grids(source.grids, lines), lines)
    regions = lines_to_regions(_without_ruled(lines, ruled))
    spans = sorted((region.first_line, region.last_line) for region in (*regions, *(each.region for each in ruled)))
    outline = lines_to_outline(lines, spans, source.headings)
    title = find_title(lines, outline.sections)
    department = entry.department or (title.department if title else "")
    year = entry.year or (title.year if title else 0)
    if not department or not year:
        raise NotAReport(path, "没有「某部门某年度部门决算」这样的标题")
    tables = _tables(ruled, regions, outline)
    refuse_bare(path, tables, outline)
    if source.may_be_cut or not source.grids:
        refuse_truncated(path, lines, outline, tables)
    return Document(
        id=entry.id or path.stem,
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        department=department,
        year=year,
        title=(title or Title(department, year, f"{department}{year}年度部门决算")).text,
        lines=lines,
        sections=outline.sections,
        paragraphs=tuple(p for p in outline.paragraphs if p.section or not is_title(p.text)),
        tables=tables,
        marks=tuple(mark for each in ruled for mark in grid_to_marks(each.grid, each.head)),
    )


def _without_ruled(lines: tuple[Line, ...], ruled: tuple[GridTable, ...]) -> tuple[Line, ...]:
    """The lines with those of ruled tables blank, so that only unruled tables are looked for in the text."""
    taken = {number for each in ruled for number in range(each.region.first_line, each.region.last_line + 1)}
    return tuple(replace(line, text="") if line.number in taken else line for line in lines) if taken else lines


def _tables(ruled: tuple[GridTable, ...], regions: tuple[TableRegion, ...], outline: Outline) -> tuple[Table, ...]:
    """The tables in the order of their lines; an id that both kinds of reading gave is told apart by a number."""
    named = {each.region.id for each in ruled}
    tables = [grid_table_to_table(each, outline.path_at(each.region.first_line)) for each in ruled]
    for region in regions:
        table = region_to_table(region, outline.path_at(region.first_line))
        number = 2
        while table.id in named:
            table = replace(table, id=f"{region.kind}-{number}")
            number += 1
        named.add(table.id)
        tables.append(table)
    return tuple(sorted(tables, key=lambda table: table.first_line))
