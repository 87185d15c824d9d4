"""Facts and records in SQLite: written once, then only read. Values are kept as exact decimal text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar
from urllib.parse import quote

from corpus.checks import Discrepancy
from corpus.document import Paragraph, Section, Table
from corpus.errors import IndexMissing
from corpus.facts import Fact
from corpus.passages import Passage
from corpus.statements import Absence, Remark
from corpus.stores import schema
from corpus.stores.contents import ReportContents, ReportInfo

T = TypeVar("T")


def write_contents(path: Path, reports: Iterable[ReportContents]) -> None:
    """A new store at ``path`` (which must not exist) with these reports.

    Raises ``sqlite3.IntegrityError`` when two reports, or two facts of a report, have one id.
    """
    with _new_store(path) as connection:
        for contents in sorted(reports, key=lambda each: each.info.id):
            _insert(connection, contents)


def write_catalogue(path: Path, infos: Iterable[ReportInfo]) -> None:
    """A new store at ``path`` that holds what is known of these reports at a glance, and nothing else of them."""
    with _new_store(path) as connection:
        rows = [schema.to_row(info) for info in sorted(infos, key=lambda each: each.id)]
        connection.executemany(_insert_statement("report", ReportInfo, 0), rows)


@contextmanager
def _new_store(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        with connection:
            for statement in schema.create_statements():
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('shape', ?)", (schema.shape(),))
            yield connection
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, contents: ReportContents) -> None:
    report = contents.info.id
    connection.execute(_insert_statement("report", ReportInfo, 0), schema.to_row(contents.info))
    facts = ((*schema.to_row(fact), position) for position, fact in enumerate(contents.facts))
    connection.executemany(_insert_statement("fact", Fact, 1), facts)
    for kind, records in schema.records_of(contents).items():
        rows = ((report, kind, position, schema.to_body(record)) for position, record in enumerate(records))
        connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", rows)


def _insert_statement(table: str, kind: type, extra: int) -> str:
    marks = ", ".join("?" * (len(schema.column_names(kind)) + extra))
    return f"INSERT INTO {table} VALUES ({marks})"


class FactStore:
    """A store opened for reading (see ``corpus.stores.contents.Facts``). Safe to use from several threads.

    What has been read once is kept: the records are immutable and a report is small.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use ``FactStore.open``."""
        self._path = path
        self._connection = connection
        self._lock = RLock()
        self._kept: dict[tuple[str, str | None], Any] = {}

    @classmethod
    def open(cls, path: Path | str) -> FactStore:
        """The store at ``path``, which nothing here will change. Raises ``IndexMissing``, with the remedy."""
        path = Path(path)
        if not path.is_file():
            raise IndexMissing(path, "文件不存在")
        # immutable: no lock files and no journal beside it, so that a read-only directory can serve.
        uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        store = cls(path, connection)
        try:
            written = store._select("SELECT value FROM meta WHERE name = 'shape'", ())
        except IndexMissing:
            connection.close()
            raise
        if written != [(schema.shape(),)]:
            connection.close()
            raise IndexMissing(path, "索引由另一版本的程序写成")
        return store

    def close(self) -> None:
        """Give the file back; the store cannot be read any more."""
        with self._lock:
            self._connection.close()

    def reports(self) -> tuple[ReportInfo, ...]:
        """What is indexed, in the order of the ids."""
        return self._keep("ReportInfo", None, lambda: self._rows("report", ReportInfo, "ORDER BY id", ()))

    def facts(self, report: str | None = None) -> tuple[Fact, ...]:
        """Every fact, in the order of the report: tables, then sentences."""
        if report is None:
            return self._all(Fact, self.facts)
        tail = "WHERE report = ? ORDER BY position"
        return self._keep("Fact", report, lambda: self._rows("fact", Fact, tail, (report,)))

    def sections(self, report: str | None = None) -> tuple[Section, ...]:
        """The headings, in order."""
        return self._records(Section, report)

    def paragraphs(self, report: str | None = None) -> tuple[Paragraph, ...]:
        """The running text, in order."""
        return self._records(Paragraph, report)

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        """The paragraph that has that line of the source, None where there is none."""
        by_line = self._keep(
            "paragraph by line", report, lambda: {n: each for each in self.paragraphs(report) for n in each.lines}
        )
        return by_line.get(line)

    def tables(self, report: str | None = None) -> tuple[Table, ...]:
        """The tables, in order."""
        return self._records(Table, report)

    def table(self, report: str, table_id: str) -> Table | None:
        """The table of that id, None where there is none."""
        by_id = self._keep("table by id", report, lambda: {table.id: table for table in self.tables(report)})
        return by_id.get(table_id)

    def absences(self, report: str | None = None) -> tuple[Absence, ...]:
        """What the report says it does not have."""
        return self._records(Absence, report)

    def remarks(self, report: str | None = None) -> tuple[Remark, ...]:
        """Purposes, reasons and other texts tied to an item."""
        return self._records(Remark, report)

    def discrepancies(self, report: str | None = None) -> tuple[Discrepancy, ...]:
        """Where the report disagrees with itself."""
        return self._records(Discrepancy, report)

    def passages(self, report: str | None = None) -> tuple[Passage, ...]:
        """The passages, in the order of their lines."""
        return self._records(Passage, report)

    def contents(self, info: ReportInfo) -> ReportContents:
        """Everything of one report, as it was stored."""
        id_ = info.id
        return ReportContents(
            info,
            facts=self.facts(id_),
            sections=self.sections(id_),
            paragraphs=self.paragraphs(id_),
            tables=self.tables(id_),
            absences=self.absences(id_),
            remarks=self.remarks(id_),
            discrepancies=self.discrepancies(id_),
            passages=self.passages(id_),
        )

    def _records(self, kind: type[T], report: str | None) -> tuple[T, ...]:
        if report is None:
            return self._all(kind, lambda each: self._records(kind, each))
        statement = "SELECT body FROM record WHERE report = ? AND kind = ? ORDER BY position"

        def read() -> tuple[T, ...]:
            rows = self._select(statement, (report, schema.name_of(kind)))
            return tuple(schema.from_body(kind, body) for (body,) in rows)

        return self._keep(kind.__name__, report, read)

    def _all(self, kind: type[T], read: Callable[[str], tuple[T, ...]]) -> tuple[T, ...]:
        return self._keep(kind.__name__, None, lambda: tuple(each for info in self.reports() for each in read(info.id)))

    def _rows(self, table: str, kind: type[T], tail: str, parameters: tuple[str, ...]) -> tuple[T, ...]:
        columns = ", ".join(f'"{name}"' for name in schema.column_names(kind))
        rows = self._select(f"SELECT {columns} FROM {table} {tail}", parameters)
        return tuple(schema.from_row(kind, row) for row in rows)

    def _keep(self, what: str, report: str | None, read: Callable[[], T]) -> T:
        with self._lock:
            if (what, report) not in self._kept:
                self._kept[what, report] = read()
            kept: T = self._kept[what, report]
            return kept

    def _select(self, statement: str, parameters: tuple[str, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, parameters).fetchall()
            except sqlite3.DatabaseError as error:
                raise IndexMissing(self._path, f"文件已损坏（{error}）") from error
