"""A file that is as it was is not read again; several are read at a time; a report can be taken out of the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.build import BuildOutcome, build_index, remove_reports
from corpus.errors import BuildFailed
from corpus.index import Index
from corpus.stores import ReportContents
from tests.corpus.samples import CharacterModel, sample_contents

Build = Callable[..., BuildOutcome]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"report {name}", encoding="utf-8")
    return folder


@pytest.fixture
def read_files() -> list[str]:
    return []


@pytest.fixture
def build(folder: Path, tmp_path: Path, read_files: list[str]) -> Build:
    def read(path: Path) -> ReportContents:
        read_files.append(path.name)
        return sample_contents(path.stem)

    def run(jobs: int = 1) -> BuildOutcome:
        read_files.clear()
        model, data = CharacterModel(), tmp_path / "data"
        return build_index([folder], data, model, keep_others=False, progress=lambda _: None, read=read, jobs=jobs)

    return run


def served(data: Path) -> tuple[ReportContents, ...]:
    index = Index.open(data)
    try:
        return tuple(index.facts.contents(info) for info in index.facts.reports())
    finally:
        index.close()


def test_nothing_is_read_twice(build: Build, read_files: list[str], tmp_path: Path) -> None:
    build()
    first = served(tmp_path / "data")
    assert sorted(read_files) == ["a.txt", "b.txt", "c.txt"]
    outcome = build()
    assert read_files == [] and outcome.indexed == ("a", "b", "c")
    assert served(tmp_path / "data") == first


def test_a_changed_file_is_read_again(build: Build, folder: Path, read_files: list[str]) -> None:
    build()
    (folder / "b.txt").write_text("report b, corrected", encoding="utf-8")
    build()
    assert read_files == ["b.txt"]


def test_changed_settings_have_all_read_again(build: Build, folder: Path, read_files: list[str]) -> None:
    build()
    (folder / "reports.toml").write_text('[[report]]\nfile = "a.txt"\nyear = 2001\n', encoding="utf-8")
    build()
    assert sorted(read_files) == ["a.txt", "b.txt", "c.txt"]


def test_a_deleted_file_leaves_nothing(build: Build, folder: Path, tmp_path: Path) -> None:
    build()
    (folder / "b.txt").unlink()
    build()
    assert [each.info.id for each in served(tmp_path / "data")] == ["a", "c"]


def test_several_at_a_time_give_the_same(build: Build, tmp_path: Path) -> None:
    outcome = build(jobs=3)
    assert outcome.indexed == ("a", "b", "c") and [each.info.id for each in served(tmp_path / "data")] == [
        "a",
        "b",
        "c",
    ]


def test_a_report_taken_out_leaves_the_others_as_they_are(build: Build, read_files: list[str], tmp_path: Path) -> None:
    build()
    data = tmp_path / "data"
    before = served(data)
    remove_reports(data, ["b"], CharacterModel(), lambda _: None)
    assert served(data) == (before[0], before[2])
    build()
    assert read_files == ["b.txt"]


@pytest.mark.parametrize(("ids", "said"), [(["x"], "没有报告 x"), (["a", "b", "c"], "没有报告了")])
def test_what_cannot_be_taken_out_is_said(build: Build, tmp_path: Path, ids: list[str], said: str) -> None:
    build()
    with pytest.raises(BuildFailed, match=said):
        remove_reports(tmp_path / "data", ids, CharacterModel(), lambda _: None)
    assert len(served(tmp_path / "data")) == 3
