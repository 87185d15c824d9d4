"""Among thousands of reports a question finds those it names; what it says of all of them stays short."""

from __future__ import annotations

import pytest

from corpus.recent import Recent
from corpus.stores import ReportInfo
from eval.copies import copy_of
from qa.errors import ReportNotNamed, UnknownReport
from qa.library import Library, asks_for_the_list, no_such_report, the_list, which_report


def info(id_: str, department: str, year: int) -> ReportInfo:
    title = f"{department}{year}年度部门决算"
    return ReportInfo(id_, department, year, title, f"{id_}.txt", "", 1, 1, 1, 1, 1, 1, 0)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([info(copy.id, copy.department, copy.year) for copy in map(copy_of, range(5000))])


@pytest.mark.parametrize("number", [0, 59, 60, 2717, 4999])
def test_the_named_one_is_found(library: Library, number: int) -> None:
    copy = copy_of(number)
    choice = library.choose(f"{copy.department}{copy.year}年公务接待费多少？", None)
    assert [each.id for each in choice.reports] == [copy.id] and not choice.over


def test_a_short_name_that_many_share_stands_for_each(library: Library) -> None:
    choice = library.choose("口岸办2025年公务接待费多少？", None)
    assert len(choice.reports) > 8 and not choice.over
    assert {each.department[3:] for each in choice.reports} == {"口岸服务办公室"}


def test_without_a_year_it_is_the_newest_and_years_are_set_side_by_side(library: Library) -> None:
    department = copy_of(4000).department
    (newest,) = library.choose(f"{department}的公务接待费", None).reports
    assert newest.year == 2024
    years = library.choose(f"{department}历年的公务接待费", None)
    assert years.over and [each.year for each in years.reports] == [2021, 2022, 2023, 2024]


def test_all_of_a_year_are_those_of_that_year(library: Library) -> None:
    choice = library.choose("2025年各部门公务接待费从高到低", None)
    assert choice.over and [each.id for each in choice.reports] == [copy_of(number).id for number in range(60)]
    assert len(library.choose("各部门公务接待费一共多少", None).reports) > 1000


def test_the_turn_before_says_which(library: Library) -> None:
    before = copy_of(61)
    assert [each.id for each in library.choose("那差旅费呢", before.id).reports] == [before.id]
    other = library.choose(f"{copy_of(70).department}的呢？", before.id)
    assert other.question == f"那{copy_of(70).department}呢" and other.reports[0].department == copy_of(70).department


def test_a_question_does_not_look_at_every_report(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it touches, not by the clock: the reports of other departments are not asked for."""
    copy, touched = copy_of(3000), []

    class Watched(dict[str, list[ReportInfo]]):
        def __getitem__(self, department: str) -> list[ReportInfo]:
            touched.append(department)
            return super().__getitem__(department)

    monkeypatch.setattr(library, "_of", Watched(library._of))
    library.choose(f"{copy.department}{copy.year}年差旅费", None)
    assert touched == [copy.department]


def test_the_question_back_stays_short(library: Library) -> None:
    answer = which_report("公务接待费多少", library.choose("公务接待费多少", None).reports)
    assert answer.text.count("（") <= 61 and answer.text.endswith("份报告。") and len(answer.suggestions) == 8


def test_errors_name_some_reports_only() -> None:
    known = [copy_of(number).id for number in range(5000)]
    assert len(str(UnknownReport("x", known))) < 500 and "……" in str(UnknownReport("x", known))
    assert "5000 份" in str(ReportNotNamed(known)) and len(str(ReportNotNamed(known))) < 500


def test_what_is_used_last_is_kept() -> None:
    left: list[str] = []
    recent: Recent[str, str] = Recent(2, left.append)
    for key in ("a", "b", "a", "c"):
        assert recent.get(key, lambda key=key: key.upper()) == key.upper()  # type: ignore[misc]
    assert left == ["B"] and len(recent) == 2
    assert recent.get("a", lambda: "made anew") == "A"
    recent.clear()
    assert left == ["B", "C", "A"]


@pytest.mark.parametrize(
    ("names", "department"),
    [
        (("教体局", "青峪县教体局", "县教体局"), "青峪县教育和体育局"),
        (("规资局", "普陀规资局", "规划资源局", "区规资局"), "上海市普陀区规划和自然资源局"),
        (("卫健局", "云澜区卫健局"), "南洲市云澜区卫生健康局"),
        (("商委", "普陀商委", "商务委"), "上海市普陀区商务委员会"),
        (("省政协", "江苏政协", "政协"), "江苏省政协办公厅"),
    ],
)
def test_the_short_names_in_use_are_known(names: tuple[str, ...], department: str) -> None:
    library = Library([info("a", department, 2024), info("b", "某市财政局", 2024)])
    for name in names:
        choice = library.choose(f"{name}2024年公务接待费多少？", None)
        assert [each.id for each in choice.reports] == ["a"], name


def test_a_department_without_a_report_is_said_to_be_absent() -> None:
    library = Library([info("a", "某市财政局", 2024), info("b", "某市民政局", 2024)])
    answer = no_such_report("某市教育局2024年三公经费多少？", library)
    assert answer is not None and answer.status == "not_in_report" and "某市教育局" in answer.text
    assert no_such_report("哪个局的三公经费最高？", library) is None
    assert no_such_report("邮局寄信花了多少钱？", library) is None


@pytest.mark.parametrize("question", ["有哪些部门的报告？", "这里收录了哪些报告", "能查哪些单位的决算？"])
def test_the_reports_are_listed(question: str) -> None:
    assert asks_for_the_list(question)
    assert not asks_for_the_list("哪些部门的三公经费超过10万元？")
    listed = the_list(question, [info("a", "某市财政局", 2024), info("b", "某市民政局", 2023)])
    assert "某市财政局 2024 年度" in listed.text and "某市民政局 2023 年度" in listed.text and not listed.figures
