"""The claim check over the shipped report. Every verdict here was set by eye from the printed report; the lines are noted."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from qa.assistant import Assistant
from qa.verification import Checked

# text, verdicts in order, lines of the printed figures (0: none cited)
TRUE = [
    ("2016年，公务接待费支出25.37万元。", "m", 621),
    ("“三公”经费决算数为94.27万元。", "m", 621),
    ("“三公”经费年初预算142.46万元。", "m", 621),
    ("因公出国（境）费决算59.26万元，完成预算的83.94%。", "mm", 621),
    ("公务用车运行维护费9.65万元。", "m", 621),
    ("公务接待费253,700元。", "m", 621),
    ("公务接待费二十五点三七万元。", "m", 621),
    ("公务接待费完成预算的百分之五十三点五七。", "m", 849),
    ("机关运行经费716.91万元，比2015年度增加105.53万元，增长17.26%。", "mmm", 619),
    ("收入总计15,670.84万元。", "m", 179),
    ("年初结转和结余4.03万元。", "m", 177),
    ("其他收入4200元。", "m", 131),
    ("行政运行年初预算1576.26万元。", "m", 723),
    ("全年接待59批次、554人次。", "mm", 913),
    ("因公出国（境）团组7个、累计14人次。", "mm", 886),
    ("单位价值50万元以上通用设备1台（套）。", "m", 964),
    ("公务用车保有量为3辆。", "m", 901),
    ("政府采购金额307.32万元。", "m", 940),
    ("绩效评价项目2个，平均得分86.83分。", "mm", 974),
    ("会议费2万元。", "m", 521),
    ("基本支出中的公务接待费为2.38万元。", "m", 525),
    ("其他资本性支出305.06万元。", "m", 0),
    ("2015年，公务接待费为39.92万元。", "m", 0),
    ("公务接待费由2015年的39.92万元降至25.37万元。", "mm", 0),
    ("公务接待费平均每批次4300元。", "m", 0),
    ("三公经费比预算少48.19万元。", "m", 0),
]
ROUNDED = [
    ("人员经费占基本支出的61.58%。", "r", 0),  # a quotient that is not finite
    ("公务接待费占总支出的0.16%。", "r", 0),
    ("公务接待费25.4万元。", "r", 621),
    ("公务接待费约25万元。", "r", 621),
    ("公务接待费近26万元。", "r", 621),
    ("公务接待费20多万元。", "r", 621),
    ("支出合计1.57亿元。", "r", 0),
    ("支出总计约15,700万元。", "r", 179),
    ("公务接待费同比下降36%左右。", "r", 864),
    ("一般公共预算财政拨款支出增长4.5倍。", "r", 696),
    ("项目支出占总支出的近九成。", "r", 0),
    ("公务接待费超过25万元。", "m", 621),
    ("公务接待费不到26万元。", "m", 621),
    ("公务接待费不到25万元。", "x", 621),
    ("公务接待费超过26万元。", "x", 621),
]
WRONG = [
    ("公务接待费25.73万元。", "x", 621),  # two digits changed places
    ("公务接待费25.36万元。", "x", 621),
    ("公务接待费59.26万元。", "x", 621),  # another item's figure
    ("公务接待费47.36万元。", "x", 621),  # its budget
    ("公务接待费预算25.37万元。", "x", 621),
    ("“三公”经费94.27万元，其中公务接待费2.38万元。", "mx", 621),  # the other 口径
    ("公务接待费25.37亿元。", "x", 621),
    ("公务接待费25.37元。", "x", 621),
    ("支出合计1.57万元。", "x", 0),
    ("公务接待费占“三公”经费的62.86%。", "x", 882),
    ("公务接待费占总支出的26.91%。", "x", 0),  # of 三公, not of all
    ("公务接待费完成预算的39.39%。", "x", 849),
    ("2015年，“三公”经费94.27万元。", "x", 0),
    ("2016年，公务接待费39.92万元。", "x", 621),
    ("公务接待费比2015年增加14.55万元。", "x", 864),
    ("公务接待费同比上升36.45%。", "x", 864),
    ("机关运行经费减少105.53万元。", "x", 935),
    ("公务接待费由39.92万元增至25.37万元。", "mx", 0),
    ("行政运行支出高于预算91.53万元。", "x", 0),
    ("公务用车保有量为5辆。", "x", 901),
    ("全年接待554批次、59人次。", "xx", 913),
    ("行政运行收入1484.73万元。", "x", 0),
    ("电费6.51万元。", "x", 501),
]
NOT_HELD = [
    ("2014年，公务接待费25.37万元。", "n"),
    ("上半年，公务接待费25.37万元。", "n"),
    ("2016年一季度公务接待费5万元，二季度6万元。", "nn"),
    ("某处室公务接待费25.37万元。", "n"),
    ("北京市口岸办公务接待费25.37万元。", "n"),
    ("会议费预算5万元。", "n"),
    ("2016年国外公务接待费25.37万元。", "n"),
    ("项目支出中的公务接待费22.99万元。", "n"),
    ("咨询费3万元。", "n"),  # listed, and blank (495)
    ("其他资本性支出同比增长20%。", "n"),
]
UNDECIDED = [
    ("去年公务接待费25.37万元。", "u"),
    ("公务接待费并非25.37万元。", "u"),
    ("公务接待费预计25.37万元。", "u"),
    ("公务接待费25.37万元/人。", "u"),
    ("报废公务用车3辆。", "n"),
    ("公务接待费25.37万美元。", "u"),
    ("公务接待费和会议费25.37万元。", "u"),
    ("该笔资金25.37万元。", "u"),
    ("公务接待费下降36.45个百分点。", "u"),
    ("烟酒费3万元。", "u"),
]
MIXED = [
    (
        "2016年，上海市口岸服务办公室“三公”经费支出94.27万元，比上年减少36.18万元，下降27.73%。其中，因公出国（境）费"
        "59.26万元，占62.86%；公务用车购置及运行费9.65万元，占10.23%；公务接待费25.37万元，占26.91%。",
        "mmmmmmmmm",
    ),
    ("因公出国（境）费、公务用车购置及运行费、公务接待费分别为59.26万元、9.56万元和25.37万元。", "mxm"),
    ("收入总计、支出总计均为15670.84万元，比2015年各增加12842.75万元。", "mm"),
    ("公务接待费占“三公”经费94.27万元的26.91%。", "mm"),
    ("公务接待费完成预算47.36万元的35.57%。", "mx"),
    ("住房公积金支出68.76万元，为预算38.08万元的1.8倍。", "mmr"),
    ("差旅费8.34万元，租赁费33.76万元，物业管理费58.80万元，三项合计100.90万元。", "mmmm"),
    ("记者从公布的决算中看到，该办全年花费25.37万元用于公务接待，9.65万元用于公务用车运行维护。", "mm"),
    ("“5+2天”大通关工作经费预算1000万元，得分86分；信息化项目预算95.9万元，得分86.75分。", "mmmx"),
    ("基本支出1865.77万元，其中人员经费1148.86万元，公用经费761.91万元，人员经费占六成多。", "mmxr"),
    ("上半年“三公”经费50万元；2016年全年94.27万元，2015年为130.45万元。", "nmm"),
    ("市财政局公务接待费25.37万元，会议费2.00万元。", "nn"),
]
LETTERS = {"match": "m", "rounded": "r", "mismatch": "x", "not_in_report": "n", "undecided": "u"}
Verify = Callable[[str], tuple[Checked, ...]]


@pytest.fixture(scope="module")
def verify(assistant: Assistant) -> Verify:
    return lambda text: assistant.verify(text)


def letters(checked: tuple[Checked, ...]) -> str:
    return "".join(LETTERS[each.verdict] for each in checked)


@pytest.mark.parametrize(("text", "wanted", "line"), [*TRUE, *ROUNDED, *WRONG])
def test_a_claim_has_the_verdict_that_reading_by_eye_gives(verify: Verify, text: str, wanted: str, line: int) -> None:
    checked = verify(text)
    assert letters(checked) == wanted, [(c.figure, c.verdict, c.claim, c.printed) for c in checked]
    assert all(c.citation is not None and c.printed for c in checked)
    if line:
        assert line in {c.citation.line for c in checked if c.citation}


@pytest.mark.parametrize(("text", "wanted"), [*NOT_HELD, *UNDECIDED, *MIXED])
def test_what_cannot_be_said_is_not_said(verify: Verify, text: str, wanted: str) -> None:
    checked = verify(text)
    assert letters(checked) == wanted, [(c.figure, c.verdict, c.claim, c.printed) for c in checked]


def test_every_printed_amount_matches_and_no_changed_digit_does(assistant: Assistant, verify: Verify) -> None:
    words = {"final": "决算数", "budget": "预算数"}
    chance = random.Random(4)
    tried = 0
    for fact in assistant.dossier().facts.values():
        total = fact.facet in {"", "合计"} and fact.table_kind != "performance"
        if fact.source != "cell" or fact.value is None or fact.measure not in words or not total:
            continue
        written = format(fact.value, "f")
        at = chance.choice([i for i, c in enumerate(written) if c.isdigit()])
        other = chance.choice([d for d in "123456789" if d != written[at]])
        changed = f"{written[:at]}{other}{written[at + 1 :]}"
        said = f"{fact.item}{words[fact.measure]}为"
        assert letters(verify(f"{said}{written}万元。")) == "m", (said, written)
        assert letters(verify(f"{said}{changed}万元。")) == "x", (said, changed)
        tried += 1
    assert tried > 60


def test_a_wrong_number_is_told_whose_it_is(verify: Verify) -> None:
    (checked,) = verify("公务接待费59.26万元。")
    assert checked.printed == "25.37 万元" and "这个数是因公出国（境）费" in checked.claim


def test_the_other_scope_is_named(verify: Verify) -> None:
    (checked,) = verify("公务接待费2.38万元。")
    assert checked.verdict == "match" and "另一口径为 25.37 万元" in checked.claim and checked.citation is not None
    assert checked.citation.line == 525


def test_figures_stand_as_in_the_text_and_in_order(verify: Verify) -> None:
    text = "2016年12月31日，公务接待费约２５.３７ 万元，第3项“5+2天”经费，接待五百五十四人次，占三成。"
    assert [c.figure for c in verify(text)] == ["２５.３７ 万元", "五百五十四人次", "三成"]


def test_a_line_broken_in_the_middle_is_read_on(verify: Verify) -> None:
    text = "上海市口岸服务办公室 2016 年度“三公”经费支出为 94.27\n万元，完成预算\n\n的 66.17%，其中公务接待费支出决算为 25.37 万元。"
    assert letters(verify(text)) == "mmm"


def test_the_same_text_has_the_same_verdicts(verify: Verify) -> None:
    text = MIXED[0][0]
    assert verify(text) == verify(text)


def test_a_passage_of_the_report_itself_agrees_with_the_report(verify: Verify) -> None:
    lines = (  # 839-848 and 933-935, each line as the text layer breaks it
        "2016 年度“三公”经费财政拨款支", "出年初预算为 142.46 万元，支出决算为 94.27 万元，完成预算",
        "的 66.17%，其中：因公出国（境）费决算为 59.26 万元，完成", "预算的 83.94%；公务用车购置及运行维护费支出决算为 9.65",
        "万元，完成预算的 39.39%；公务接待费支出决算为 25.37 万元，", "完成预算的 53.57%。",
        "2016 年度上海市口岸服务办公室机关运行经费支出 716.91", "万，比 2015 年度增加 105.53 万元，增长 17.26%。",
    )  # fmt: skip
    text = "\n\n".join(lines)
    assert letters(verify(text)) == "m" * 12


@pytest.mark.parametrize("opening", ["核对：", "请核实一下：", "查证:", "帮我校对下面这段文字：\n"])
def test_the_chat_answers_with_a_table(assistant: Assistant, opening: str) -> None:
    answer = assistant.ask(f"{opening}公务接待费25.37万元，同比下降36%，会议费3万元，培训费去年约5万元。")
    assert (answer.status, answer.kind) == ("answered", "verify")
    assert [(str(f.value), f.unit) for f in answer.figures] == [("25.37", "万元"), ("-36.45", "%"), ("2.00", "万元")]
    assert "| 25.37万元 | 相符 | 25.37 万元[1] |" in answer.text and "| 3万元 | 不符 |" in answer.text
    assert all(0 <= i < len(answer.citations) for f in answer.figures for i in f.citations)
    assert f"[{len(answer.citations)}]" in answer.text


def test_the_chat_asserts_nothing_where_nothing_is_held(assistant: Assistant) -> None:
    answer = assistant.ask("核对：2014年公务接待费25.37万元。")
    assert (answer.status, answer.figures, answer.citations) == ("not_in_report", (), ())
    assert assistant.ask("核对：今天天气很好。").status == "clarify"
    assert "太长" in assistant.ask("核对：" + "公务接待费。" * 5000).text
    assert assistant.ask("核对一下公务接待费").kind != "verify"


def test_a_computed_figure_keeps_its_derivation_in_the_chat(assistant: Assistant) -> None:
    answer = assistant.ask("核对：会议费2万元，人员经费占基本支出的61.58%。")
    figure = answer.figures[1]
    assert figure.computed and figure.derivation is not None and figure.derivation.inputs == figure.citations
    assert [answer.citations[i].line for i in figure.citations] == [813, 669] or len(figure.citations) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("上海市财政局公布了2016年度部门决算。“三公”经费94.27万元。", "u"),
        ("上海市财政局2016年度部门决算\n“三公”经费94.27万元，公务接待费25.37万元。", "uu"),
        ("根据上海市财政局公布的决算数据，“三公”经费94.27万元，公务接待费25.37万元。", "uu"),
        ("市财政局要求压缩开支。上海市口岸服务办公室公布了决算。“三公”经费94.27万元。", "m"),
        ("上海市口岸服务办公室近日公布2016年度部门决算，“三公”经费94.27万元。", "m"),
        ("先看2015年。“三公”经费94.27万元。", "x"),
        ("以下是上半年的数字。“三公”经费94.27万元。", "n"),
    ],
)
def test_what_was_said_before_holds_for_the_figures_after(verify: Verify, text: str, wanted: str) -> None:
    assert letters(verify(text)) == wanted


# Written before they were tried, in the wording of newspapers; what is not understood may be undecided, never wrong.
NEWSPAPER = [
    ("出国（境）经费从上年的69.28万元降到59.26万元，降幅为14.46%。", "mmm"),
    ("“三公”总预算142.46万元只用了66.17%，省下48.19万元。", "mmm"),
    ("全年7批次14人次因公出国，每人次平均花费超过4万元。", "xmm"),
    ("行政运行一项，预算1576.26万元，实际花了1484.73万元，执行率94.19%。", "mmm"),
    ("住房公积金支出68.76万元，比预算多出30.68万元，完成率180.57%。", "mmm"),
    ("购房补贴全年发放160.37万元，而年初预算为零。", "mm"),
    ("办公设备添置花了52.38万元，信息网络及软件购置更新花了119.70万元，合计172.08万元。", "mmm"),
    ("机关运行经费增加105.53万元，增幅超过17%，总额突破700万元。", "mmm"),
    ("政府采购中，服务类261.19万元，占八成半，货物类46.13万元，占一成半。", "mrmr"),
    ("公务接待费上涨了36.45%，出国费下滑14.46%。", "xm"),
    ("人员经费716.91万元，公用经费1148.86万元。", "xx"),
    ("三公经费预算执行率66.17%，其中接待费53.57%，公车39.39%，出国83.94%。", "mmmm"),
    ("与年初预算相比，全年支出超出1.26亿元。", "r"),
    ("政府采购307.32万元，其中货物46.13万元，工程为零，服务261.19万元。", "mmmm"),
    ("培训费4.67万元，是会议费的2.3倍。", "mr"),
    ("公务用车购置及运行维护费仅支出9.65万元，不足预算24.5万元的四成。", "mmu"),
    ("市口岸办2016年底结转结余4.45万元，比年初的4.03万元略增。", "mu"),
    ("上海市发展改革委“三公”经费94.27万元。", "n"),
    ("浦东办事处全年支出300万元。", "n"),
]


@pytest.mark.parametrize(("text", "wanted"), NEWSPAPER)
def test_newspaper_wording(verify: Verify, text: str, wanted: str) -> None:
    checked = verify(text)
    assert letters(checked) == wanted, [(c.figure, c.verdict, c.claim, c.printed) for c in checked]


def test_words_without_end_before_a_figure_are_not_read(verify: Verify) -> None:
    assert letters(verify("看，" * 6000 + "公务接待费25.37万元。公务接待费25.37万元。")) == "um"
