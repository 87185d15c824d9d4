"""A small assistant for tests of the page: three questions over one table and one paragraph, gold by eye."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.document import Cell, Column, Paragraph, Proof, Row, Table
from corpus.stores import ReportInfo
from qa.answer import Answer, Citation, Derivation, Figure
from qa.evidence import Evidence, citation_to_evidence

REPORT = "shanghai-port-office-2016"
TITLE = "2016 年度一般公共预算财政拨款“三公”经费及机关运行经费支出决算表"
# The report's line 621 as printed: the three-public table's one row.
VALUES = ("142.46", "94.27", "70.60", "59.26", "47.36", "25.37", "716.91")
PATHS = (
    ("“三公”经费", "合计", "预算数"),
    ("“三公”经费", "合计", "决算数"),
    ("“三公”经费", "因公出国(境)费", "预算数"),
    ("“三公”经费", "因公出国(境)费", "决算数"),
    ("“三公”经费", "公务接待费", "预算数"),
    ("“三公”经费", "公务接待费", "决算数"),
    ("机关运行经费决算数",),
)
TABLE = Table(
    id="t6",
    kind="three_public",
    title=TITLE,
    unit="万元",
    section=("第二部分", TITLE),
    columns=tuple(Column(index, path) for index, path in enumerate(PATHS)),
    rows=(Row(0, "本年", "", None, None, "", 15, 621),),
    cells=tuple(Cell(0, index, "number", Decimal(value), value, 15, 621) for index, value in enumerate(VALUES)),
    note="",
    layout="fake",
    proof=Proof("proved", "", ()),
    page=15,
    first_line=600,
    last_line=613,
)
PARAGRAPH = Paragraph(
    section=("第三部分", "（二）具体情况"),
    text="全年共接待 59 批次、554 人次。",
    starts=(0,),
    lines=(913,),
    pages=(22,),
)


def cell_citation(column: int) -> Citation:
    return Citation(
        report=REPORT,
        section="第二部分",
        table=TITLE,
        row="本年",
        column=" › ".join(PATHS[column]),
        page=15,
        line=621,
        quote=VALUES[column],
        table_id="t6",
        row_index=0,
        column_index=column,
    )


SENTENCE = Citation(REPORT, "第三部分", None, "", "", 22, 913, "59 批次")


class FakeStore:
    """The one table and the one paragraph."""

    def table(self, report: str, table_id: str) -> Table:
        assert (report, table_id) == (REPORT, "t6")
        return TABLE

    def paragraph(self, report: str, line: int) -> Paragraph:
        assert report == REPORT
        return PARAGRAPH


class FakeAssistant:
    """Answers three wordings; refuses everything else."""

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        if "执行率" in question:
            return _rate(question)
        if "批次" in question:
            figure = Figure(Decimal(59), "批次", "国内公务接待批次", "number", (0,))
            return Answer(question, "answered", "lookup", "全年共接待 59 批次。[1]", (figure,), (SENTENCE,))
        if "接待费" in question:
            figure = Figure(Decimal("25.37"), "万元", "公务接待费 决算数", "number", (0,))
            text = "2016 年度公务接待费决算数为 **25.37 万元** [1]。"
            notes = ("口径：“三公”经费，全部一般公共预算财政拨款。",)
            then = ("接待了多少批次？",)
            return Answer(question, "answered", "lookup", text, (figure,), (cell_citation(5),), then, notes)
        if "多少钱" in question:
            options = ("公务接待费是多少？", "公务接待费的预算执行率是多少？")
            return Answer(question, "clarify", "lookup", "您问的是哪一项？", options=options)
        return Answer(question, "not_in_report", "lookup", "报告没有这一项。", suggestions=("公务接待费是多少？",))

    def reports(self) -> tuple[ReportInfo, ...]:
        return ()

    def starters(self, report: str | None = None) -> tuple[str, ...]:
        return ("公务接待费是多少？", "接待了多少批次？", "公务接待费的预算执行率是多少？")

    def evidence(self, citation: Citation) -> Evidence:
        return citation_to_evidence(FakeStore(), citation)


def _rate(question: str) -> Answer:
    derivation = Derivation("决算数 ÷ 预算数", (0, 1), ("25.37 ÷ 47.36 = 0.535684…", "四舍五入到两位：53.57%"))
    figure = Figure(Decimal("53.57"), "%", "公务接待费 预算执行率", "number", (0, 1), True, derivation)
    beside = Figure(Decimal("47.36"), "万元", "公务接待费 预算数", "number", (1,), role="context")
    citations = (cell_citation(5), cell_citation(4))
    return Answer(question, "answered", "compute", "执行率 53.57%。", (figure, beside), citations)
