"""Another report, made from the shipped one: the answers follow the copy, and nothing of the shipped report is baked in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from corpus.index import Index
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "corpus" / "reports" / "shanghai-port-office-2016.txt"

# Digits changed (as printed, with what follows where the same digits stand elsewhere): every place of a figure at once,
# so that the copy keeps its own sums. 公务接待费 25.37 -> 26.37 takes 三公 94.27 -> 95.27 with it.
DIGITS = (
    ("25.37", "26.37"), ("94.27", "95.27"), ("1.22 ", "1.25 "), ("6.15 ", "6.12 "), ("59 批次", "61 批次"),
    ("554 人次", "600 人次"), ("36.18 万元", "35.18 万元"), ("453.96%", "460.96%"), ("3 辆", "4 辆"),
    ("307.32", "317.32"), ("261.19", "271.19"),
)  # fmt: skip
# The next year first, so that 2015 does not become 2019.
NAMES = (
    ("上海市口岸服务办公室", "北京市园林绿化局"), ("市口岸办", "市园林局"), ("口岸办", "园林局"),
    ("2016", "2019"), ("2015", "2018"),
)  # fmt: skip
DROPPED = (r"^302 17   公务接待费 .*\n\n", r"^302 05   水费 .*\n\n")  # 2.38 and 1.62, without their rows


@dataclass(frozen=True, slots=True)
class Copy:
    """An assistant over one copy of the report, and the text of the copy."""

    ask: Callable[[str], Answer]
    text: str
    info_department: str
    info_year: int
    starters: tuple[str, ...]
    index: Index

    def asserted(self, question: str) -> list[str]:
        """The values asserted, as printed."""
        answer = self.ask(question)
        return [format(f.value, "f") for f in answer.figures if f.role == "answer" and f.value is not None]


def flat(text: str) -> str:
    """Without spaces and line breaks, which a sentence over several lines loses."""
    return re.sub(r"\s+", "", text)


def build(folder: Path, name: str, change: Callable[[str], str]) -> Copy:
    text = change(SHIPPED.read_text(encoding="utf-8"))
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    data = folder / "data"
    outcome = build_index([path], data, open_embedder(""), keep_others=False, progress=lambda _: None)
    assert outcome.indexed == (name,) and not outcome.failures
    index = Index.open(data)
    (info,) = index.facts.reports()
    assistant = Assistant.open(load_settings(data_dir=data))
    return Copy(cache(assistant.ask), text, info.department, info.year, assistant.starters(), index)


def swap(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def rename(text: str) -> str:
    """The text with another department and year; a name wrapped over lines is unwrapped first."""
    whole = NAMES[0][0]
    return swap(re.sub(r"\s*".join(whole), whole, text), NAMES)


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return build(tmp_path_factory.mktemp("digits"), "digits", lambda text: swap(text, DIGITS))


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return build(tmp_path_factory.mktemp("renamed"), "garden-2019", rename)


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    def drop(text: str) -> str:
        for row in DROPPED:
            text, count = re.subn(row, "", text, flags=re.MULTILINE)
            assert count == 1, row
        return text

    return build(tmp_path_factory.mktemp("dropped"), "dropped", drop)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("公务接待费是多少？", "26.37"), ("公务接待费是多少元？", "263700"), ("三公经费决算是多少？", "95.27"),
        ("印刷费是多少？", "1.25"), ("电费是多少？", "6.12"), ("公务接待费加印刷费是多少？", "27.62"),
        ("2015年三公经费是多少？", "130.45"), ("接待了多少批次？", "61"), ("接待了多少人次？", "600"),
        ("公务接待费平均每批次多少？", "4322.95"), ("公务用车保有量是多少？", "4"),
        ("政府采购金额是多少？", "317.32"), ("一般公共预算财政拨款支出比上年增长百分之几？", "460.96"),
        ("印刷费占商品和服务支出多少？", "0.30"), ("本年支出合计是多少？", "15666.39"),
    ],
)  # fmt: skip
def test_changed_digits_are_answered_as_changed(digits: Copy, question: str, value: str) -> None:
    assert digits.asserted(question)[:1] == [value], digits.ask(question).text


def test_a_changed_digit_makes_its_sums_disagree(digits: Copy) -> None:
    # 1.22 -> 1.25 and 6.15 -> 6.12 keep their sum; 26.37 no longer makes 95.27 with the budget's 53.57 %.
    found = digits.index.facts.discrepancies("digits")
    assert any("26.37" in f"{each}" for each in found)


def test_every_asserted_figure_stands_in_the_copy(digits: Copy, renamed: Copy, dropped: Copy) -> None:
    questions = (
        "公务接待费是多少？",
        "三公经费预算是多少？",
        "本年收入合计是多少？",
        "机关运行经费是多少？",
        "电费是多少？",
    )
    for copy in (digits, renamed, dropped):
        for answer in map(copy.ask, questions):
            assert answer.status == "answered", (answer.question, answer.text)
            for citation in answer.citations:
                assert all(line.strip() in flat(copy.text) for line in map(flat, citation.quote.split("\n")))


def test_the_renamed_report_is_told_by_its_own_name(renamed: Copy) -> None:
    assert (renamed.info_department, renamed.info_year) == ("北京市园林绿化局", 2019)


# The figures stay, the year and the name do not.
@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2019年公务接待费是多少？", "25.37"), ("北京市园林绿化局的公务接待费是多少？", "25.37"),
        ("园林绿化局2019年度三公经费是多少？", "94.27"), ("2018年三公经费是多少？", "130.45"),
        ("公务接待费比2018年减少多少？", "14.55"), ("去年三公经费是多少？", "130.45"), ("北京市园林绿化局支出总计多少？", "15670.84"),
    ],
)  # fmt: skip
def test_the_renamed_report_answers_for_itself(renamed: Copy, question: str, value: str) -> None:
    assert [v.lstrip("-") for v in renamed.asserted(question)][:1] == [value], renamed.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "2016年公务接待费是多少？", "2015年三公经费是多少？", "上海市口岸服务办公室的公务接待费是多少？",
        "口岸办的三公经费是多少？", "2017年公务接待费是多少？",
    ],
)  # fmt: skip
def test_the_renamed_report_does_not_answer_for_the_shipped_one(renamed: Copy, question: str) -> None:
    answer = renamed.ask(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


def test_no_answer_of_the_renamed_report_names_the_shipped_one(renamed: Copy) -> None:
    for question in (
        *renamed.starters,
        "你好",
        "你能做什么？",
        "你是谁？",
        "这是哪个部门的报告？",
        "茅台酒",
        "天气",
    ):
        answer = renamed.ask(question)
        said = answer.text.replace(question, "") + "".join((*answer.notes, *answer.suggestions))
        said = re.sub("「[^」]*」", "", said)
        assert not re.search("上海|口岸服务办公室|2015|2016", said), (question, said)


def test_dropped_rows_are_not_answered_from_memory(dropped: Copy) -> None:
    answer = dropped.ask("水费是多少？")
    assert answer.status == "not_in_report" and not answer.figures, answer.text
    assert dropped.asserted("公务接待费是多少？")[:1] == ["25.37"]
    assert "2.38" not in dropped.ask("公务接待费是多少？").text
    assert not [f for f in dropped.ask("公务接待费是多少？").figures if f.value == Decimal("2.38")]
    narrowed = dropped.ask("基本支出里的公务接待费是多少？")
    assert narrowed.status == "not_in_report" and not narrowed.figures, narrowed.text


def test_dropped_rows_leave_the_others_as_they_are(dropped: Copy) -> None:
    for question, value in (("电费是多少？", "6.15"), ("手续费是多少？", "0.08"), ("商品和服务支出是多少？", "411.85")):
        assert dropped.asserted(question)[:1] == [value]
    assert dropped.index.facts.discrepancies("dropped")


@dataclass(frozen=True, slots=True)
class Raised:
    """A copy whose rows of economic items are raised, each by an amount of its own; the new figure of each."""

    copy: Copy
    values: dict[str, Decimal]


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Raised:
    values: dict[str, Decimal] = {}

    def raise_row(match: re.Match[str]) -> str:
        new = values[match["name"]] = Decimal(match["value"]) + 7 + Decimal(len(values)) / 100
        return f"{match['code']}{match['name']} {new}{match['gap']}{new}"

    row = re.compile(
        r"^(?P<code> ?30[1-3] \d\d   )(?P<name>\S+) (?P<value>\d+\.\d\d)(?P<gap> +)(?P=value)", re.MULTILINE
    )
    copy = build(tmp_path_factory.mktemp("raised"), "raised", lambda text: row.sub(raise_row, text))
    assert len(values) > 20
    return Raised(copy, values)


# These two stand in the tables by function too, whose column 基本支出 is not changed.
BY_FUNCTION = ("住房公积金", "购房补贴")


def test_every_item_of_a_table_follows_the_copy(raised: Raised) -> None:
    items = {name: value for name, value in raised.values.items() if name not in BY_FUNCTION}
    told = {name: raised.copy.asserted(f"基本支出里的{name}是多少？") for name in items}
    assert not {name: told[name] for name, value in items.items() if told[name] != [format(value, "f")]}


@pytest.mark.xfail(reason="the figure by economic item is not shown beside the one by function", strict=True)
@pytest.mark.parametrize("name", BY_FUNCTION)
def test_a_name_of_two_classifications_shows_both(raised: Raised, name: str) -> None:
    figures = raised.copy.ask(f"基本支出里的{name}是多少？").figures
    assert raised.values[name] in {figure.value for figure in figures}


def test_two_reports_are_kept_apart(tmp_path: Path) -> None:
    other = tmp_path / "garden-2019.txt"
    text = swap(rename(SHIPPED.read_text(encoding="utf-8")), (("25.37", "26.37"),))
    other.write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    build_index([SHIPPED, other], data, open_embedder(""), keep_others=False, progress=lambda _: None)
    assistant = Assistant.open(load_settings(data_dir=data))
    for report, value in ((SHIPPED.stem, "25.37"), ("garden-2019", "26.37")):
        answer = assistant.ask("公务接待费是多少？", report=report)
        assert str(answer.figures[0].value) == value
        assert {citation.report for citation in answer.citations} == {report}
    asked = assistant.ask("公务接待费是多少？")
    assert asked.status == "clarify" and len(asked.options) == 2  # which, when none is named


SPOKEN_OF_THE_SHIPPED_REPORT = ("口岸", "单一窗口", "大通关", "15,666.39", "13,800.61", "15666.39", "13800.61")
# The reports themselves; texts a model learns from; official vocabulary of every department's report.
MAY_NAME_IT = re.compile(r"corpus/(reports/|embedding/pairs\.json|taxonomy/)")


def test_no_source_names_what_only_the_shipped_report_holds() -> None:
    named = []
    for path in sorted(p for package in ("qa", "corpus") for p in (ROOT / package).rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".toml", ".list", ".js"} or MAY_NAME_IT.match(name):
            continue
        text = path.read_text(encoding="utf-8")
        named += [(name, word) for word in SPOKEN_OF_THE_SHIPPED_REPORT if word in text]
    assert not named


def test_the_vocabulary_holds_no_figure_or_name_of_the_shipped_report() -> None:
    for path in (ROOT / "corpus" / "taxonomy").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("上海市口岸", "单一窗口", "大通关", "15,666.39", "13,800.61") if word in text], (
            path
        )
