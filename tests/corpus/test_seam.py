"""The seam of the stores: what each that stands behind ``Facts`` or ``Vectors`` has to do, the one in memory included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus.checks import Discrepancy
from corpus.document import Paragraph, Section, Table
from corpus.facts import Fact
from corpus.passages import Passage
from corpus.statements import Absence, Remark
from corpus.stores import (
    Facts,
    FactStore,
    ReportContents,
    ReportInfo,
    Vectors,
    VolumeFacts,
    write_catalogue,
    write_contents,
)
from corpus.stores.chroma import VectorStore, write_vectors
from corpus.stores.volumes import FACTS
from tests.corpus.samples import CharacterModel, sample_contents

REPORTS = [sample_contents(id_) for id_ in ("a-2018", "b-2017", "c-2019")]


class MemoryFacts:
    """The contents themselves: the least that can stand behind the seam."""

    def __init__(self, reports: Sequence[ReportContents]) -> None:
        self._reports = sorted(reports, key=lambda each: each.info.id)

    def reports(self) -> tuple[ReportInfo, ...]:
        return tuple(each.info for each in self._reports)

    def facts(self, report: str | None = None) -> tuple[Fact, ...]:
        return tuple(fact for each in self._of(report) for fact in each.facts)

    def sections(self, report: str | None = None) -> tuple[Section, ...]:
        return tuple(x for each in self._of(report) for x in each.sections)

    def paragraphs(self, report: str | None = None) -> tuple[Paragraph, ...]:
        return tuple(x for each in self._of(report) for x in each.paragraphs)

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        return next((x for x in self.paragraphs(report) if line in x.lines), None)

    def tables(self, report: str | None = None) -> tuple[Table, ...]:
        return tuple(x for each in self._of(report) for x in each.tables)

    def table(self, report: str, table_id: str) -> Table | None:
        return next((x for x in self.tables(report) if x.id == table_id), None)

    def absences(self, report: str | None = None) -> tuple[Absence, ...]:
        return tuple(x for each in self._of(report) for x in each.absences)

    def remarks(self, report: str | None = None) -> tuple[Remark, ...]:
        return tuple(x for each in self._of(report) for x in each.remarks)

    def discrepancies(self, report: str | None = None) -> tuple[Discrepancy, ...]:
        return tuple(x for each in self._of(report) for x in each.discrepancies)

    def passages(self, report: str | None = None) -> tuple[Passage, ...]:
        return tuple(x for each in self._of(report) for x in each.passages)

    def _of(self, report: str | None) -> list[ReportContents]:
        return [each for each in self._reports if report in (None, each.info.id)]


def in_memory(folder: Path) -> Facts:
    return MemoryFacts(REPORTS)


def in_one_file(folder: Path) -> Facts:
    write_contents(folder / "facts.sqlite", REPORTS)
    return FactStore.open(folder / "facts.sqlite")


def in_volumes(folder: Path) -> Facts:
    for name, some in (("v1", REPORTS[:1]), ("v2", REPORTS[1:])):
        (folder / name).mkdir()
        write_contents(folder / name / FACTS, some)
    write_catalogue(folder / "reports.sqlite", [each.info for each in REPORTS])
    places = {"a-2018": folder / "v1", "b-2017": folder / "v2", "c-2019": folder / "v2"}
    return VolumeFacts(FactStore.open(folder / "reports.sqlite"), places)


@pytest.mark.parametrize("store", [in_memory, in_one_file, in_volumes])
def test_every_store_of_facts_gives_the_same(store: Callable[[Path], Facts], tmp_path: Path) -> None:
    facts, whole = store(tmp_path), MemoryFacts(REPORTS)
    assert facts.reports() == whole.reports() and len(facts.reports()) == 3
    for id_ in (None, "a-2018", "b-2017", "of-no-one"):
        for name in (
            "facts", "sections", "paragraphs", "tables", "absences", "remarks", "discrepancies", "passages",
        ):  # fmt: skip
            assert getattr(facts, name)(id_) == getattr(whole, name)(id_), (name, id_)
    assert facts.paragraph("b-2017", 4) == whole.paragraph("b-2017", 4) is not None
    assert facts.table("b-2017", "t1") == whole.table("b-2017", "t1") is not None
    for report, line, table in (("b-2017", 99, "t9"), ("of-no-one", 4, "t1")):
        assert facts.paragraph(report, line) is None and facts.table(report, table) is None


def test_what_is_read_of_many_reports_is_given_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.stores.volumes._OPEN", 2)
    facts = in_volumes(tmp_path)
    assert isinstance(facts, VolumeFacts)
    assert len(facts.facts()) == 12 and len(facts._open) == 2
    assert facts.facts("a-2018") == REPORTS[0].facts


def test_the_store_of_vectors_is_one(tmp_path: Path) -> None:
    model = CharacterModel()
    write_vectors(tmp_path / "v", model.fingerprint, ["a:1", "b:1"], model.embed_documents(["甲", "乙"]), ["a", "b"])
    vectors: Vectors = VectorStore.open(tmp_path / "v", model.fingerprint)
    assert vectors.count() == 2
    assert vectors.nearest(model.embed_query("乙"), None, 2)[0][0] == "b:1"
    assert [id_ for id_, _ in vectors.nearest(model.embed_query("乙"), "a", 2)] == ["a:1"]
    vectors.close()
