"""PDF tables with no upright rules, drawn as many departments print them: panels whose names begin close behind figures,
titles with brackets, 公开01表 and the department between title and table."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.readers import read_report

reportlab = pytest.importorskip("reportlab")

SUMMARY = [
    ("项目", "行次", "金额", "项目", "行次", "金额"),
    ("一、一般公共预算财政拨款收入", "1", "1,300.00", "一、教育支出", "5", "62.84"),
    ("二、政府性基金预算财政拨款收入", "2", "54.56", "二、交通运输支出", "6", "1,291.72"),
    ("本年收入合计", "3", "1,354.56", "本年支出合计", "7", "1,354.56"),
    ("总计", "4", "1,354.56", "总计", "8", "1,354.56"),
]
BY_UNIT = [
    ("单位名称", "本年收入合计", "财政拨款收入", "其他收入"),
    ("合计", "1,354.56", "1,300.00", "54.56"),
    ("某市交通局（本级）", "1,000.00", "1,000.00", ""),
    ("某市公路中心", "354.56", "300.00", "54.56"),
]
BY_ITEM = [
    ("科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"),
    ("", "合计", "1,354.56", "1,300.00", "54.56"),
    ("205", "教育支出", "62.84", "62.84", ""),
    ("214", "交通运输支出", "1,291.72", "1,237.16", "54.56"),
]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    from reportlab.pdfgen.canvas import Canvas

    from tests.corpus.rendering import embedded_font

    font, path = embedded_font(), tmp_path_factory.mktemp("open") / "report.pdf"
    canvas = Canvas(str(path), pagesize=(842, 595))
    canvas.setFont(font, 18)
    canvas.drawString(220, 500, "某市交通局2023年度部门决算")
    canvas.showPage()

    def page(title: str, number: str, rows: list[tuple[str, ...]], edges: list[tuple[float, str]]) -> None:
        canvas.setFont(font, 9)
        canvas.drawString(340, 540, title)
        canvas.drawString(57, 520, "公开部门：某市交通局")
        canvas.drawString(479, 520, number)
        canvas.drawString(745, 520, "单位：万元")
        for at, row in enumerate(rows):
            y = 495 - 15 * at
            canvas.line(51, y + 11, 791, y + 11)
            for (x, side), text in zip(edges, row, strict=True):
                (canvas.drawString if side == "l" else canvas.drawRightString)(x, y, text)
        canvas.line(51, 495 - 15 * len(rows) + 11, 791, 495 - 15 * len(rows) + 11)
        canvas.showPage()

    # The names of the right panel begin 2.4 points behind the figures of the left one.
    panels = [(53, "l"), (290, "r"), (420.6, "r"), (423, "l"), (660, "r"), (789, "r")]
    page("（一）收入支出决算总表", "公开01表", SUMMARY, panels)
    page("（二）收入决算表（分单位）", "公开02表", BY_UNIT, [(53, "l"), (400, "r"), (600, "r"), (789, "r")])
    page("（三）收入决算表（分科目）", "公开03表", BY_ITEM, [(53, "l"), (120, "l"), (400, "r"), (600, "r"), (789, "r")])
    canvas.save()
    return read_report(path)


def test_each_is_a_table_of_its_own_and_proved(document: Document) -> None:
    assert [(t.title, t.kind, t.unit, t.proof.status) for t in document.tables] == [
        ("收入支出决算总表", "income_expenditure_summary", "万元", "proved"),
        ("收入决算表（分单位）", "income", "万元", "proved"),
        ("收入决算表（分科目）", "income", "万元", "proved"),
    ]


def test_every_cell_is_in_its_place(document: Document) -> None:
    summary, by_unit, by_item = document.tables
    value = {(r.panel, r.label): c.text for r in summary.rows for c in summary.cells if c.row == r.index}
    for name, _, amount, other, _, spent in SUMMARY[1:]:
        assert (value["income", name], value["expenditure", other]) == (amount, spent)
    for found, rows, names in ((by_unit, BY_UNIT, 1), (by_item, BY_ITEM, 2)):
        read = [
            (*((r.code, r.label) if names == 2 else (r.label,)), *(c.text for c in found.cells if c.row == r.index))
            for r in found.rows
        ]
        assert read == rows[1:]
