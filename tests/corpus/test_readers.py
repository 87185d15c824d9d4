"""Files to documents, and files that are refused: each with the reason in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import (
    AlteredReport,
    BadCatalogue,
    CorpusError,
    EmptyReport,
    MissingReport,
    NotAReport,
    TruncatedReport,
    UnknownEncoding,
    UnreadablePdf,
    UnreadableReport,
    UnsupportedFormat,
)
from corpus.readers import read_report
from corpus.readers.text import text_to_lines
from corpus.readers.title import text_to_title

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"


@pytest.fixture(scope="module")
def text() -> str:
    return REPORT.read_text(encoding="utf-8")


def _write(folder: Path, data: bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _same_content(one: Document, other: Document) -> bool:
    return one.lines == other.lines and one.paragraphs == other.paragraphs and one.tables == other.tables


def test_the_shipped_report() -> None:
    document = read_report(REPORT)
    assert document.id == "shanghai-port-office-2016"
    assert (document.department, document.year) == ("上海市口岸服务办公室", 2016)
    assert document.title == "上海市口岸服务办公室 2016 年度部门决算"
    assert len(document.lines) == len(REPORT.read_text(encoding="utf-8").split("\n"))
    assert len(document.tables) == 10
    assert [t.section[0][:4] for t in document.tables] == ["第二部分"] * 8 + ["第三部分"] * 2


def test_department_and_year_come_from_the_title_where_no_catalogue_says(tmp_path: Path, text: str) -> None:
    document = read_report(_write(tmp_path, text.encode(), "copy.txt"))
    assert (document.id, document.department, document.year) == ("copy", "上海市口岸服务办公室", 2016)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    assert _same_content(read_report(_write(tmp_path, text.encode(encoding))), read_report(REPORT))


def test_windows_line_ends(tmp_path: Path, text: str) -> None:
    assert _same_content(read_report(_write(tmp_path, text.replace("\n", "\r\n").encode())), read_report(REPORT))


def test_catalogue_overrides(tmp_path: Path, text: str) -> None:
    (tmp_path / "reports.toml").write_text(
        '[[report]]\nfile = "report.txt"\nid = "other"\ndepartment = "某市口岸办"\nyear = 2015\n', encoding="utf-8"
    )
    document = read_report(_write(tmp_path, text.encode()))
    assert (document.id, document.department, document.year) == ("other", "某市口岸办", 2015)


def test_file_that_is_not_the_catalogued_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "reports.toml").write_text(
        f'[[report]]\nfile = "report.txt"\nsha256 = "{"0" * 64}"\n', encoding="utf-8"
    )
    with pytest.raises(AlteredReport, match="sha256"):
        read_report(_write(tmp_path, text.encode()))


@pytest.mark.parametrize("catalogue", ["[[report", '[[report]]\nfile = "report.txt"\nyear = "2016"\n', "report = 3\n"])
def test_bad_catalogue(tmp_path: Path, text: str, catalogue: str) -> None:
    (tmp_path / "reports.toml").write_text(catalogue, encoding="utf-8")
    with pytest.raises(BadCatalogue, match=r"reports\.toml"):
        read_report(_write(tmp_path, text.encode()))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyReport),
        (b" \n\x0c\n  \t", EmptyReport),
        ("\u3000\n \n".encode(), EmptyReport),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", UnreadablePdf),
        (b"PK\x03\x04\x14\x00", UnsupportedFormat),
        (bytes(range(256)) * 8, UnsupportedFormat),
        (b"\xff" * 2000 + b" text " * 50, UnknownEncoding),
        ("今天天气很好。\n我们去公园。\n".encode(), NotAReport),
        ("某市园林局2019年度部门预算\n收入总计 3 万元\n".encode(), NotAReport),
        ("某市园林局2019年度部门决算\n\n说明：决算已经公开，请到网站查询。\n".encode(), NotAReport),
    ],
)
def test_refused(tmp_path: Path, data: bytes, error: type[UnreadableReport]) -> None:
    path = _write(tmp_path, data)
    with pytest.raises(error) as caught:
        read_report(path)
    message = str(caught.value)
    assert str(path) in message and caught.value.reason
    assert re.search(r"请", message), "no remedy"
    assert "\n" not in message


def test_missing_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.txt", tmp_path):
        with pytest.raises(MissingReport, match="请检查路径"):
            read_report(path)


# Line to cut after: in every table of figures, at its header, early and late.
CUTS = [112, 150, 177, 190, 212, 230, 243, 262, 290, 304, 322, 360, 395, 404, 430, 450, 462, 500, 561, 602, 612, 618]


@pytest.mark.parametrize("last", CUTS)
def test_cut_off_in_a_table(tmp_path: Path, text: str, last: int) -> None:
    path = _write(tmp_path, "\n".join(text.split("\n")[:last]).encode())
    with pytest.raises((TruncatedReport, NotAReport)) as caught:
        read_report(path)
    assert "请" in str(caught.value)
    if isinstance(caught.value, TruncatedReport):
        assert re.search(r"第 \d+ 行", str(caught.value))


@pytest.mark.parametrize("last", [637, 700, 866, 985, 997, 1040, 1063, 1085])
def test_cut_off_in_a_sentence_or_a_table_of_texts(tmp_path: Path, text: str, last: int) -> None:
    with pytest.raises(TruncatedReport, match=f"第 {last} 行"):
        read_report(_write(tmp_path, "\n".join(text.split("\n")[:last]).encode()))


@pytest.mark.parametrize("last", [651, 709, 831, 982, 1033])
def test_a_report_that_ends_with_a_sentence_is_read(tmp_path: Path, text: str, last: int) -> None:
    """Nothing in the file shows that more should follow."""
    assert read_report(_write(tmp_path, "\n".join(text.split("\n")[:last]).encode())).paragraphs


def test_cut_off_inside_a_row_or_a_character(tmp_path: Path, text: str) -> None:
    data = text.encode()
    for size in range(6000, 6012):
        with pytest.raises(TruncatedReport):
            read_report(_write(tmp_path, data[:size]))


def test_cut_off_between_tables_is_refused_too(tmp_path: Path, text: str) -> None:
    """With numbered parts, and none of them the explanation, the report is not all there."""
    path = _write(tmp_path, "\n".join(text.split("\n")[:306]).encode())
    with pytest.raises(TruncatedReport):
        read_report(path)


def test_a_whole_report_that_ends_with_a_table_is_read(tmp_path: Path, text: str) -> None:
    """Some departments print the tables last."""
    lines = text.split("\n")
    whole = lines[:103] + lines[634:982] + lines[103:306]
    document = read_report(_write(tmp_path, "\n".join(whole).encode()))
    assert [t.kind for t in document.tables][-1] == "expenditure"


def test_every_refusal_is_a_corpus_error() -> None:
    kinds = [EmptyReport, MissingReport, NotAReport, TruncatedReport, UnknownEncoding, UnsupportedFormat]
    assert all(issubclass(kind, UnreadableReport) and issubclass(kind, CorpusError) for kind in kinds)


@pytest.mark.parametrize(
    ("printed", "department", "year"),
    [
        ("上海市口岸服务办公室 2016 年度部门决算", "上海市口岸服务办公室", 2016),
        ("2019年度某市园林局部门决算公开", "某市园林局", 2019),
        ("某市园林局2020年单位决算", "某市园林局", 2020),
        ("某省水利厅部门2018年度收支决算", "某省水利厅", 2018),
        ("二〇一七年度某区教育局部门决算", "某区教育局", 2017),
        ("教育部 2021 年部门决算", "教育部", 2021),
    ],
)
def test_titles(printed: str, department: str, year: int) -> None:
    title = text_to_title(printed)
    assert title is not None
    assert (title.department, title.year) == (department, year)


@pytest.mark.parametrize("printed", ["2016 年度收入支出决算总表的说明，见下", "部门预算", "某局 2016 年工作总结", ""])
def test_no_titles(printed: str) -> None:
    title = text_to_title(printed)
    assert title is None or "决算" in printed


def test_title_wrapped_on_a_cover(tmp_path: Path, text: str) -> None:
    rest = text.split("\n", 1)[1]
    document = read_report(_write(tmp_path, ("上海市口岸服务\n办公室\n2016 年度部门决算\n" + rest).encode()))
    assert (document.department, document.year) == ("上海市口岸服务办公室", 2016)


def test_page_breaks_as_form_feeds() -> None:
    lines = text_to_lines("a\nb\f\nc\n\f  d\n\f\ne")
    assert [(line.page, line.text) for line in lines] == [(1, "a"), (1, "b"), (2, "c"), (3, "  d"), (4, ""), (4, "e")]


def test_indents_are_no_page_breaks() -> None:
    text = "题目\n" + "  一段话开头缩进\n接着一行\n" * 20
    assert {line.page for line in text_to_lines(text)} == {1}
