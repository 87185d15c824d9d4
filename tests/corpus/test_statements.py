"""Figures in sentences: the shipped report against truth keyed in by eye, and the template in other hands."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Paragraph
from corpus.facts import Fact
from corpus.numerals import text_to_numbers
from corpus.readers import read_report
from corpus.statements import document_to_absences, document_to_remarks, paragraphs_to_facts
from corpus.statements.sentences import text_to_sentences

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"

# line, value, unit, item, measure - read off the report by eye, in its order.
GOLD = """
85 5 个 内设机构 count
645 15670.84 万元 收入总计 final
647 15670.84 万元 支出总计 final
649 12842.75 万元 收入总计 change
649 12842.75 万元 支出总计 change
657 15666.80 万元 收入合计 final
659 15666.39 万元 财政拨款收入 final
659 99.997 % 财政拨款收入 share
661 0.42 万元 其他收入 final
661 0.003 % 其他收入 share
667 15666.39 万元 支出合计 final
669 1865.77 万元 基本支出 final
669 11.91 % 基本支出 share
671 13800.61 万元 项目支出 final
671 88.09 % 项目支出 share
679 15666.39 万元 财政拨款收支总决算 final
680 12838.30 万元 财政拨款收入总计 change
680 12838.30 万元 财政拨款支出总计 change
680 453.96 % 财政拨款收入总计 change_rate
680 453.96 % 财政拨款支出总计 change_rate
692 15666.39 万元 一般公共预算财政拨款支出 final
692 100 % 一般公共预算财政拨款支出 share
694 12838.30 万元 一般公共预算财政拨款支出 change
696 453.96 % 一般公共预算财政拨款支出 change_rate
702 15666.39 万元 一般公共预算财政拨款支出 final
704 15285.34 万元 一般公共服务支出 final
704 97.57 % 一般公共服务支出 share
704 94.14 万元 社会保障和就业支出 final
706 0.60 % 社会保障和就业支出 share
706 57.78 万元 医疗卫生与计划生育支出 final
706 0.37 % 医疗卫生与计划生育支出 share
708 229.13 万元 住房保障支出 final
708 1.46 % 住房保障支出 share
714 3093.97 万元 一般公共预算财政拨款支出 budget
714 15666.39 万元 一般公共预算财政拨款支出 final
716 506.35 % 一般公共预算财政拨款支出 completion
722 1484.73 万元 行政运行 final
723 1576.26 万元 行政运行 budget
725 1484.73 万元 行政运行 final
725 94.19 % 行政运行 completion
731 13800.61 万元 一般行政管理事务 final
735 407.34 万元 一般行政管理事务 budget
737 13800.61 万元 一般行政管理事务 final
737 3387.98 % 一般行政管理事务 completion
743 2.48 万元 归口管理的行政单位离退休 final
745 2.48 万元 归口管理的行政单位离退休 budget
747 2.48 万元 归口管理的行政单位离退休 final
747 100 % 归口管理的行政单位离退休 completion
751 91.37 万元 机关事业单位基本养老保险缴费支出 final
753 0 万元 机关事业单位基本养老保险缴费支出 budget
755 91.37 万元 机关事业单位基本养老保险缴费支出 final
763 0.28 万元 其他行政事业单位离退休支出 final
765 0.28 万元 其他行政事业单位离退休支出 budget
766 0.28 万元 其他行政事业单位离退休支出 final
766 100 % 其他行政事业单位离退休支出 completion
770 55.98 万元 行政单位医疗 final
772 67.12 万元 行政单位医疗 budget
774 55.98 万元 行政单位医疗 final
774 83.40 % 行政单位医疗 completion
780 1.80 万元 其他医疗卫生与计划生育支出 final
784 2.40 万元 其他医疗卫生与计划生育支出 budget
784 1.80 万元 其他医疗卫生与计划生育支出 final
786 75.00 % 其他医疗卫生与计划生育支出 completion
792 68.76 万元 住房公积金 final
794 38.08 万元 住房公积金 budget
794 68.76 万元 住房公积金 final
796 180.57 % 住房公积金 completion
802 160.37 万元 购房补贴 final
804 0 万元 购房补贴 budget
804 160.37 万元 购房补贴 final
813 1865.77 万元 一般公共预算财政拨款基本支出 final
813 1148.86 万元 人员经费 final
815 716.91 万元 公用经费 final
817 913.63 万元 工资福利支出 final
821 411.85 万元 商品和服务支出 final
825 235.23 万元 对个人和家庭的补助 final
829 305.06 万元 其他资本性支出 final
841 142.46 万元 “三公”经费财政拨款支出 budget
841 94.27 万元 “三公”经费财政拨款支出 final
843 66.17 % “三公”经费财政拨款支出 completion
843 59.26 万元 因公出国（境）费 final
845 83.94 % 因公出国（境）费 completion
845 9.65 万元 公务用车购置及运行维护费 final
847 39.39 % 公务用车购置及运行维护费 completion
847 25.37 万元 公务接待费 final
849 53.57 % 公务接待费 completion
858 -36.18 万元 “三公”经费财政拨款支出 change
858 -27.73 % “三公”经费财政拨款支出 change_rate
860 -10.02 万元 因公出国（境）费 change
860 -14.46 % 因公出国（境）费 change_rate
862 -11.60 万元 公务用车购置及运行维护费 change
862 -54.59 % 公务用车购置及运行维护费 change_rate
864 -14.55 万元 公务接待费 change
864 -36.45 % 公务接待费 change_rate
878 59.26 万元 因公出国（境）费 final
878 62.86 % 因公出国（境）费 share
880 9.65 万元 公务用车购置及运行维护费 final
880 10.23 % 公务用车购置及运行维护费 share
882 25.37 万元 公务接待费 final
882 26.91 % 公务接待费 share
884 59.26 万元 因公出国（境）费 final
886 7 个 因公出国（境）团组 count
886 14 人次 因公出国（境）人次 count
892 9.65 万元 公务用车购置及运行维护费 final
894 0 万元 公务用车购置支出 final
895 9.65 万元 公务用车运行维护支出 final
901 3 辆 公务用车保有量 count
903 25.37 万元 公务接待费 final
905 25.37 万元 国内公务接待支出 final
913 59 批次 国内公务接待批次 count
913 554 人次 国内公务接待人次 count
933 716.91 万元 机关运行经费 final
935 105.53 万元 机关运行经费 change
935 17.26 % 机关运行经费 change_rate
940 307.32 万元 政府采购金额 final
942 46.13 万元 货物采购金额 final
942 0 万元 工程采购金额 final
944 261.19 万元 服务采购金额 final
948 307.32 万元 面向中小企业预留政府采购项目 budget
948 0 万元 面向小微企业预留政府采购项目 budget
952 307.32 万元 面向中小企业预留的政府采购项目中由中小企业供应商中标或成交的采购金额 final
954 0 万元 其他政府采购项目中由中小企业供应商中标或成交的采购金额 final
960 3 辆 车辆 count
960 3 辆 一般公务用车 count
960 0 辆 一般执法执勤用车 count
962 0 辆 特种专业技术用车 count
962 0 辆 其他用车 count
964 1 台（套） 单位价值50万元以上通用设备 count
964 0 台（套） 单位价值100万元以上专用设备 count
974 2 个 绩效评价项目 count
974 1095.90 万元 绩效评价项目涉及预算金额 budget
976 86.83 分 绩效评价项目平均得分 score
976 0 个 绩效评级为“优”的项目 count
978 2 个 绩效评级为“良”的项目 count
978 0 个 绩效评级为“合格”的项目 count
980 0 个 绩效评级为“不合格”的项目 count
999 86 分 得分 score
1007 100 % 预算执行率 rate
1054 87.65 分 综合得分 score
1067 100 % 项目计划完成率 rate
"""


@pytest.fixture(scope="module")
def report() -> Document:
    return read_report(REPORT)


@pytest.fixture(scope="module")
def facts(report: Document) -> tuple[Fact, ...]:
    return paragraphs_to_facts(report)


def _at(facts: tuple[Fact, ...], line: int, measure: str, item: str = "") -> Fact:
    found = [f for f in facts if f.line == line and f.measure == measure and item in ("", f.item)]
    assert len(found) == 1, found
    return found[0]


def test_every_sentence_figure_of_the_report(facts: tuple[Fact, ...]) -> None:
    expected = [tuple(line.split()) for line in GOLD.split("\n") if line]
    found = [(str(f.line), format(f.value or Decimal(0), "f"), f.unit, f.item, f.measure) for f in facts]
    assert sorted(found) == sorted(expected)


def test_figure_stands_where_the_fact_says(report: Document, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        assert fact.value is not None
        match = re.match(r"[\d,.]*\d", fact.text[fact.start :])
        assert match, fact
        printed = match.group()
        assert Decimal(printed.replace(",", "")) == abs(fact.value), fact
        assert printed in report.lines[fact.line - 1].text, fact
        assert report.lines[fact.line - 1].page == fact.page
        assert fact.state == ("zero" if fact.value == 0 else "number")


def test_ids_are_unique_and_stable(report: Document, facts: tuple[Fact, ...]) -> None:
    assert len({fact.id for fact in facts}) == len(facts)
    assert facts == paragraphs_to_facts(report)


@pytest.mark.parametrize(
    ("line", "measure", "item", "parents"),
    [
        (722, "final", "行政运行", ("政府办公厅（室）及相关机构事务", "一般公共服务支出")),
        (780, "final", "其他医疗卫生与计划生育支出", ("其他医疗卫生与计划生育支出", "医疗卫生与计划生育支出")),
        (659, "final", "财政拨款收入", ("收入合计",)),
        (704, "final", "一般公共服务支出", ("一般公共预算财政拨款支出",)),
        (813, "final", "人员经费", ("一般公共预算财政拨款基本支出",)),
        (817, "final", "工资福利支出", ("基本支出",)),
        (860, "change", "因公出国（境）费", ("“三公”经费财政拨款支出",)),
        (894, "final", "公务用车购置支出", ("公务用车购置及运行维护费", "“三公”经费财政拨款支出")),
        (886, "count", "因公出国（境）团组", ("因公出国（境）费", "“三公”经费财政拨款支出")),
        (913, "count", "国内公务接待批次", ("国内公务接待支出", "公务接待费", "“三公”经费财政拨款支出")),
        (942, "final", "工程采购金额", ("政府采购金额",)),
        (960, "count", "一般公务用车", ("车辆",)),
        (952, "final", "", ("面向中小企业预留的政府采购项目",)),
        (1007, "rate", "预算执行率", ("2016 年上海口岸“5+2 天“大通关工作经费",)),
    ],
)
def test_parents(facts: tuple[Fact, ...], line: int, measure: str, item: str, parents: tuple[str, ...]) -> None:
    assert _at(facts, line, measure, item).parents == parents


@pytest.mark.parametrize(
    ("line", "measure", "item", "basis"),
    [
        (659, "share", "", "收入合计"),
        (692, "share", "", "本年支出合计"),
        (708, "share", "", "一般公共预算财政拨款支出"),
        (880, "share", "", "“三公”经费财政拨款支出"),
        (649, "change", "支出总计", "2015"),
        (864, "change_rate", "", "2015"),
        (935, "change", "", "2015"),
    ],
)
def test_what_a_share_or_change_is_of(facts: tuple[Fact, ...], line: int, measure: str, item: str, basis: str) -> None:
    assert _at(facts, line, measure, item).basis == basis


@pytest.mark.parametrize(
    ("line", "measure", "reason"),
    [
        (649, "change", "增加了上海国际贸易单一窗口运维资金"),
        (716, "completion", "追加了上海国际贸易单一窗口运维资金预算"),
        (723, "budget", "部分公用经费标准降低"),
        (745, "budget", ""),
        (753, "budget", "年初未列预算，根据政策因素增加机关事业单位基本养老保险缴费支出预算"),
        (
            843,
            "completion",
            "公务接待费标准降低、因公出国（境）人次减少、及贯彻落实公务用车制度改革精神，公务用车运行费支出减少",
        ),
        (858, "change", ""),
        (860, "change", "出访人次减少"),
        (862, "change_rate", "贯彻落实公务用车制度改革精神，公务用车运行费支出减少"),
        (864, "change", "接待人次减少"),
        (935, "change_rate", "信息网络购置更新"),
    ],
)
def test_reasons_stand_with_the_facts_they_explain(
    facts: tuple[Fact, ...], line: int, measure: str, reason: str
) -> None:
    items = {"843completion": "“三公”经费财政拨款支出"}
    found = [f for f in facts if f.line == line and f.measure == measure]
    wanted = items.get(f"{line}{measure}")
    assert [f.reason for f in found if wanted in (None, f.item)] == [reason] * len(
        [f for f in found if wanted in (None, f.item)]
    )


def test_periods(facts: tuple[Fact, ...]) -> None:
    assert {f.period for f in facts if 958 <= f.line <= 964} == {"2016-12-31"}
    assert {f.period for f in facts if not 958 <= f.line <= 964} == {"2016"}


def test_absences(report: Document) -> None:
    found = [(a.line, a.item) for a in document_to_absences(report)]
    assert found == [
        (894, "公务用车购置"),
        (919, "政府性基金预算财政拨款支出"),
        (925, "国有资本经营预算财政拨款支出"),
        (634, "政府性基金预算财政拨款支出"),
    ]


def test_remarks(report: Document) -> None:
    remarks = document_to_remarks(report)
    purposes = {r.item: r.text for r in remarks if r.kind == "purpose"}
    assert purposes["商品和服务支出"] == "办公费、房屋租赁费、物业管理费各类经费等"
    assert purposes["行政单位医疗"] == "主要用于缴纳在职人员基本医疗保险缴费等支出"
    assert purposes["因公出国（境）费"].startswith("组织国际合作交流，为推进")
    assert purposes["国内公务接待支出"].endswith("伙食费等支出")
    assert len([r for r in remarks if r.kind == "purpose"]) == 16
    reasons = [(r.line, r.item, r.about) for r in remarks if r.kind == "reason"]
    assert (870, "公务接待费", "change") in reasons
    assert (757, "机关事业单位基本养老保险缴费支出", "budget") in reasons
    assert len({(r.line, r.text) for r in remarks if r.kind == "reason"}) == 16


# The same template as other departments write it; made up.
def _document(*texts: str, section: str = "三、支出决算情况说明", year: int = 2019) -> Document:
    paragraphs = tuple(Paragraph((section,), text, (0,), (i,), (1,)) for i, text in enumerate(texts, start=1))
    return Document("made-up", "made-up.txt", "", "某市园林局", year, "", (), (), paragraphs, ())


def _read(*texts: str, section: str = "三、支出决算情况说明") -> list[str]:
    """Each fact as "item measure value unit", with the basis where there is one."""
    facts = paragraphs_to_facts(_document(*texts, section=section))
    return [
        " ".join(filter(None, (f.item, f.measure, format(f.value or Decimal(0), "f"), f.unit, f.basis))) for f in facts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2019年度收、支总计1,234.56万元。与2018年相比，收、支总计各减少12.3万元，下降0.99%，主要原因是项目减少。",
            [
                "收入总计 final 1234.56 万元",
                "支出总计 final 1234.56 万元",
                "收入总计 change -12.3 万元 2018",
                "支出总计 change -12.3 万元 2018",
                "收入总计 change_rate -0.99 % 2018",
                "支出总计 change_rate -0.99 % 2018",
            ],
        ),
        (
            "1.一般公共服务支出（类）人大事务（款）行政运行（项）。年初预算为20.5万元，支出决算为21万元，"
            "完成年初预算的102.44%。决算数大于年初预算数的主要原因是人员增加。",
            ["行政运行 budget 20.5 万元", "行政运行 final 21 万元", "行政运行 completion 102.44 %"],
        ),
        (
            "城乡社区支出（类）城乡社区公共设施（款）其他城乡社区公共设施支出（项）：调整预算数300万元，"
            "支出决算290万元，完成调整预算的96.67%，比上年减少10万元。",
            [
                "其他城乡社区公共设施支出 budget 300 万元",
                "其他城乡社区公共设施支出 final 290 万元",
                "其他城乡社区公共设施支出 completion 96.67 %",
                "其他城乡社区公共设施支出 change -10 万元 2018",
            ],
        ),
        (
            "本年收入合计500.00万元，其中：财政拨款收入450.00万元，占90.00%；事业收入50.00万元，占10.00%。",
            [
                "本年收入合计 final 500.00 万元",
                "财政拨款收入 final 450.00 万元",
                "财政拨款收入 share 90.00 % 本年收入合计",
                "事业收入 final 50.00 万元",
                "事业收入 share 10.00 % 本年收入合计",
            ],
        ),
        (
            "公务接待费支出决算为3.2万元，完成预算的80%，同比下降20%，主要原因是厉行节约。",
            ["公务接待费 final 3.2 万元", "公务接待费 completion 80 %", "公务接待费 change_rate -20 % 2018"],
        ),
        (
            "2019年度“三公”经费支出全年预算15万元，支出决算12万元，比全年预算减少3万元。",
            [
                "“三公”经费 budget 15 万元",
                "“三公”经费 final 12 万元",
                "“三公”经费 change -3 万元 全年预算",
            ],
        ),
        (
            "因公出国（境）费支出0万元，与上年持平。全年使用财政拨款安排因公出国（境）团组0个，累计0人次。",
            ["因公出国（境）费 final 0 万元", "因公出国（境）团组 count 0 个", "因公出国（境）人次 count 0 人次"],
        ),
        (
            "国内公务接待支出1.1万元。2019年共接待国内来访团组12个、来访人员96人次。",
            [
                "国内公务接待支出 final 1.1 万元",
                "接待国内来访团组 count 12 个",
                "来访人员人次 count 96 人次",
            ],
        ),
        (
            "截至2019年12月31日，本部门共有车辆8辆，其中：副部（省）级及以上领导用车0辆、主要领导干部用车1辆、"
            "机要通信用车2辆，其他用车5辆；单价50万元（含）以上通用设备3台（套）。",
            [
                "车辆 count 8 辆",
                "副部（省）级及以上领导用车 count 0 辆",
                "主要领导干部用车 count 1 辆",
                "机要通信用车 count 2 辆",
                "其他用车 count 5 辆",
                "单价50万元（含）以上通用设备 count 3 台（套）",
            ],
        ),
        (
            "本部门2019年度政府采购支出总额88.8万元，其中：政府采购货物支出30万元、政府采购服务支出58.8万元。"
            "授予中小企业合同金额60万元，占政府采购支出总额的67.57%。",
            [
                "政府采购支出总额 final 88.8 万元",
                "政府采购货物支出 final 30 万元",
                "政府采购服务支出 final 58.8 万元",
                "授予中小企业合同金额 final 60 万元",
                "授予中小企业合同金额 share 67.57 % 政府采购支出总额",
            ],
        ),
        (
            "机关运行经费支出45.6万元，比年初预算数增加5.6万元，增长14%。",
            [
                "机关运行经费 final 45.6 万元",
                "机关运行经费 change 5.6 万元 年初预算",
                "机关运行经费 change_rate 14 % 年初预算",
            ],
        ),
        (
            "2019年度财政拨款支出100万元，主要用于以下方面：一般公共服务（类）支出60万元，占比60%；"
            "教育支出（类）40万元，占40%。",
            [
                "财政拨款支出 final 100 万元",
                "一般公共服务支出 final 60 万元",
                "一般公共服务支出 share 60 % 财政拨款支出",
                "教育支出 final 40 万元",
                "教育支出 share 40 % 财政拨款支出",
            ],
        ),
        (
            "基本支出80万元，其中：人员经费60.5万元，主要包括：基本工资、津贴补贴；公用经费19.5万元，主要包括：办公费。",
            ["基本支出 final 80 万元", "人员经费 final 60.5 万元", "公用经费 final 19.5 万元"],
        ),
        (
            "公务用车购置及运行费支出5万元。其中：公务用车购置支出0万元，购置车辆0辆。公务用车运行支出5万元，"
            "主要用于保障公务出行。2019年，本部门开支财政拨款的公务用车保有量为2辆。",
            [
                "公务用车购置及运行费 final 5 万元",
                "公务用车购置支出 final 0 万元",
                "购置车辆 count 0 辆",
                "公务用车运行支出 final 5 万元",
                "公务用车保有量 count 2 辆",
            ],
        ),
        (
            "2019年度收入总计1,000.1万元，其中：本年收入合计900.1万元，使用非财政拨款结余0万元，年初结转和结余100万元。",
            [
                "收入总计 final 1000.1 万元",
                "本年收入合计 final 900.1 万元",
                "使用非财政拨款结余 final 0 万元",
                "年初结转和结余 final 100 万元",
            ],
        ),
        (
            "组织对2019年度10个项目开展绩效自评，涉及资金2,000万元，占项目支出总额的90%。",
            [
                "项目 count 10 个",
                "项目涉及资金 final 2000 万元",
                "项目 share 90 % 项目支出总额",
            ],
        ),
        (
            "本部门支出合计1.2亿元，较上年度增加-0.1亿元，增长率为-8.3%。",
            [
                "支出合计 final 1.2 亿元",
                "支出合计 change -0.1 亿元 2018",
                "支出合计 change_rate -8.3 % 2018",
            ],
        ),
        (
            "会议费支出３，２１０.５元，较2018年决算数增加10%，主要是会议次数增加2次。",
            ["会议费 final 3210.5 元", "会议费 change_rate 10 % 2018", "会议次数 change 2 次 2018"],
        ),
        (
            "2019年度财政拨款收入总计310万元，支出总计310万元。",
            ["财政拨款收入总计 final 310 万元", "财政拨款支出总计 final 310 万元"],
        ),
        (
            "公务接待费10万元，全部为国内公务接待费。其中：外事接待支出0万元，接待0批次，0人次；"
            "国内接待支出10万元，接待80批次，共计650人次（其中外宾3人次）。",
            [
                "公务接待费 final 10 万元",
                "外事接待支出 final 0 万元",
                "外事接待批次 count 0 批次",
                "外事接待人次 count 0 人次",
                "国内接待支出 final 10 万元",
                "国内接待批次 count 80 批次",
                "国内接待人次 count 650 人次",
                "外宾人次 count 3 人次",
            ],
        ),
        (
            "2019年度一般公共预算财政拨款支出主要用于以下方面：教育支出（类）20万元，占66.67%；住房保障支出（类）10万元，占33.33%。",
            [
                "教育支出 final 20 万元",
                "教育支出 share 66.67 % 一般公共预算财政拨款支出",
                "住房保障支出 final 10 万元",
                "住房保障支出 share 33.33 % 一般公共预算财政拨款支出",
            ],
        ),
        (
            "自评平均得分95.6分，其中评价结果为“优”的项目10个、“良”的项目2个。",
            [
                "自评平均得分 score 95.6 分",
                "评价结果为“优”的项目 count 10 个",
                "评价结果为“良”的项目 count 2 个",
            ],
        ),
        ("某市园林局内设6个职能科室，下属3家事业单位。", ["职能科室 count 6 个", "事业单位 count 3 家"]),
    ],
)
def test_other_hands(text: str, expected: list[str]) -> None:
    assert _read(text) == expected


def test_subject_from_the_heading_where_the_text_names_none() -> None:
    assert _read("2019 年支出决算为 12 万元，比上年增加 2 万元。", section="（一）机关运行经费支出情况") == [
        "机关运行经费 final 12 万元",
        "机关运行经费 change 2 万元 2018",
    ]


def test_negative_prints_and_zero_are_plain_decimals() -> None:
    facts = paragraphs_to_facts(_document("会议费支出 0.00 万元，比上年减少 0 万元。"))
    assert [str(f.value) for f in facts] == ["0.00", "0"]
    assert {f.state for f in facts} == {"zero"}


def test_amount_of_the_year_before_has_its_own_period() -> None:
    facts = paragraphs_to_facts(_document("差旅费支出12万元，上年决算数为10万元。", "2018年度会议费决算数为8万元。"))
    assert [(f.item, f.value, f.period) for f in facts] == [
        ("差旅费", Decimal(12), "2019"),
        ("差旅费", Decimal(10), "2018"),
        ("会议费", Decimal(8), "2018"),
    ]


def test_another_kind_of_thing_is_no_part_of_the_vehicles() -> None:
    text = "共有车辆4辆，其中，机要通信用车1辆、其他用车3辆；单价50万元以上通用设备2台（套）。"
    facts = paragraphs_to_facts(_document(text))
    assert [f.parents for f in facts] == [(), ("车辆",), ("车辆",), ()]


def test_mainly_is_a_reason_only_of_what_needs_one() -> None:
    document = _document("其他用车1辆，其他用车主要是公务用车。", "会议费减少2万元，主要是会议减少。")
    assert [(r.item, r.text) for r in document_to_remarks(document)] == [("会议费", "会议减少")]


def test_reason_of_each_part_in_one_sentence() -> None:
    document = _document(
        "公务接待费支出决算为3万元，比上年减少1万元，主要原因是批次减少；会议费支出决算为5万元，比上年增加2万元，主要原因是会议增加。"
    )
    changes = {f.item: f.reason for f in paragraphs_to_facts(document) if f.measure == "change"}
    assert changes == {"公务接待费": "批次减少", "会议费": "会议增加"}


def test_figures_inside_a_reason_leave_the_subject_alone() -> None:
    found = _read("差旅费支出9万元，比上年增加4万元，主要原因是新增人员3人。完成预算的90%。")
    assert found[-1] == "差旅费 completion 90 %"
    assert any(text.endswith("3 人") or " 3 人" in text for text in found)


def test_absence_in_other_words() -> None:
    document = _document("本部门2019年度没有政府性基金预算财政拨款支出。", "2019年未发生国（境）外公务接待支出。")
    assert [a.item for a in document_to_absences(document)] == ["政府性基金预算财政拨款支出", "国（境）外公务接待支出"]


_PIECES = [
    *"，；。：、（）“”的为是各中年在",
    *("其中", "包括", "2018年", "与上年相比", "比", "较", "同比", "增加", "减少", "下降", "占", "年初预算", "预算"),
    *("支出决算", "决算数", "收入", "支出", "收、支总计", "一般公共服务支出（类）", "人大事务（款）", "行政运行（项）"),
    *("3,210.50万元", "12%", "7个", "59 批次", "554 人次", "3辆", "86分", "0.3个百分点", "5", "-2.1亿元", "2台（套）"),
    *("主要原因是", "主要用于", "无", "未购置", "截至2019年12月31日", "公务接待费", "团组", "项目", "以上", "决算中"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_any_sentence_is_read_and_every_figure_in_it_becomes_a_fact(text: str) -> None:
    document = _document(text)
    facts = paragraphs_to_facts(document)
    document_to_remarks(document)
    document_to_absences(document)
    figures = [n for s in text_to_sentences(text) for n in text_to_numbers(s.text) if not n.kind]
    assert {abs(f.value or Decimal(0)) for f in facts} == {abs(n.value) for n in figures}
    assert len(facts) >= len(figures)
    assert all(not f.value or (f.state == "number") == (f.value != 0) for f in facts)
