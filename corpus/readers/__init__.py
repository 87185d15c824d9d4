"""A report file -> Document. One module per file format; ``read_report`` picks it by the file's content.

A new format: a module here with ``bytes -> lines`` (see text.py), and its entry in ``_READERS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from corpus.document import Document, Line
from corpus.errors import (
    AlteredReport,
    EmptyReport,
    MissingReport,
    NotAReport,
    UnsupportedFormat,
)
from corpus.layouts import lines_to_regions, region_to_table
from corpus.outline import lines_to_outline
from corpus.readers.catalogue import Entry, find_entry
from corpus.readers.text import bytes_to_lines, is_text
from corpus.readers.title import Title, find_title, is_title
from corpus.readers.whole import refuse_truncated

# Tried in order: does this reader take the bytes, and if so, the lines they hold.
_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[Path, bytes], tuple[Line, ...]]], ...] = (
    (is_text, bytes_to_lines),
)
_MAGIC = {
    b"%PDF": "这是 PDF 文件",
    b"PK\x03\x04": "这是 Office 或压缩文件",
    b"\xd0\xcf\x11\xe0": "这是旧版 Office 文件",
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
    document = _build(path, data, _bytes_to_lines(path, data), entry)
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


def _bytes_to_lines(path: Path, data: bytes) -> tuple[Line, ...]:
    for takes, to_lines in _READERS:
        if takes(data):
            lines = to_lines(path, data)
            if not any(line.text.strip() for line in lines):
                raise EmptyReport(path)
            return lines
    found = next((what for magic, what in _MAGIC.items() if data.startswith(magic)), "这是二进制文件")
    raise UnsupportedFormat(path, found)


def _build(path: Path, data: bytes, lines: tuple[Line, ...], entry: Entry) -> Document:
    regions = lines_to_regions(lines)
    outline = lines_to_outline(lines, [(region.first_line, region.last_line) for region in regions])
    title = find_title(lines, outline.sections)
    department = entry.department or (title.department if title else "")
    year = entry.year or (title.year if title else 0)
    if not department or not year:
        raise NotAReport(path, "没有「某部门某年度部门决算」这样的标题")
    tables = tuple(region_to_table(region, outline.path_at(region.first_line)) for region in regions)
    if not any(table.kind not in ("other", "performance") for table in tables):
        raise NotAReport(path, "没有找到任何一张决算表")
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
    )
