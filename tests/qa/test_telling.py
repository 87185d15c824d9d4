"""What a report tells in words: problems, remedies, guests, ranks, units, headings, terms; over a report made here."""

from __future__ import annotations

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings
from qa.understand.reach import covered
from qa.understand.telling import last_name
from tests.corpus.test_attacked_layouts import COVER, HEAD, ROWS, TITLE, UNIT, table

ABOUT = (
    "甲山市水务局是主管全市水务工作的市政府工作部门，为正县级。",
    "主要职责是：",
    "（一）拟订全市水务规划。",
    "（二）组织水质监测。",
    "（三）完成市政府交办的其他任务。",
)
OFFICES = ("甲山市水务局内设办公室、计划财务科、水资源科3个科室。派出工作站2个，分别为东溪工作站、西坪工作站。",)
UNITS = (
    "纳入甲山市水务局2021年度部门决算编制范围的二级预算单位包括：",
    "1．甲山市水务局（本级）",
    "2．甲山市河道管理中心",
    "3．甲山市节水站（预算不单列，并入本级）",
)
GUESTS = ("公务接待费支出1.20万元。主要用于接待省水科院专家及邻市考察人员，共接待8批次、61人次。",)
RESULTS = (
    "（1）农村饮水安全巩固提升项目绩效自评综述：项目自评得分为88.10分，自评结论为“良”。发现的主要问题：管网验收偏晚，"
    "培训记录不全。下一步改进措施：提前组织验收。",
    "（2）小型水库维修养护项目绩效自评综述：项目自评得分为95.20分，自评结论为“优”。发现的主要问题：巡查人手不足。",
    "下一步改进措施：委托第三方巡查。",
    "（3）河道清淤项目绩效自评综述：项目自评得分为91.00分，自评结论为“优”。",
    "本部门整体支出自评得分92.60分。存在的主要问题：一是预算编制不够精准；",
    "二是专职会计偏少。",
)
BASIS = ("1、《甲山市节水补贴办法》（甲水〔2019〕5号）。",)
DOER = ("甲山市节水站。",)
TERMS = (
    "一、财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
    "二、农林水支出（类）水利（款）水质监测（项）：反映用于水质监测、预警和防治的支出。",
)


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("telling")
    front, tables = COVER[:-1], COVER[-1]
    described = ("一、主要职能", *ABOUT, "二、机构设置", *OFFICES, "三、部门决算单位构成", *UNITS)
    notes = (
        *("第三部分 2021年度部门决算情况说明", "一、“三公”经费支出决算情况说明", *GUESTS),
        *(
            "二、预算绩效情况说明",
            *RESULTS,
            "三、节水补贴专项经费情况说明",
            "（一）立项依据",
            *BASIS,
            "（二）实施主体",
            *DOER,
        ),
        *("第四部分 名词解释", *TERMS),
    )
    parts = (*front, *described, tables, TITLE, UNIT, table([*HEAD, *ROWS]), *notes)
    lines = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    path = folder / "water.html"
    path.write_text(f"<html><head><meta charset=utf-8></head><body>{lines}</body></html>", encoding="utf-8")
    build_index([path], folder / "data", open_embedder(), keep_others=False, progress=lambda _: None)
    return Assistant.open(load_settings(data_dir=folder / "data"))


def figures(answer: Answer) -> list[tuple[str, str]]:
    return [(format(f.value, "f"), f.unit) for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("question", "words", "others"),
    [
        ("农村饮水提升项目存在什么问题，打算怎么改", ("管网验收偏晚", "提前组织验收"), ("巡查人手不足",)),
        ("水库维修养护项目查出来啥毛病", ("巡查人手不足",), ("管网验收偏晚",)),
        ("小型水库养护项目下一步怎么改进", ("委托第三方巡查", "小型水库"), ("提前组织验收",)),
        ("部门整体支出有哪些不足", ("预算编制不够精准", "专职会计偏少"), ("管网验收偏晚",)),
        ("公务接待主要是接待谁", ("省水科院专家",), ()),
        ("水务局是什么级别", ("正县级",), ()),
        ("水务局属于什么性质的部门", ("市政府工作部门",), ()),
        ("水务局内设哪些科室", ("计划财务科",), ()),
        ("派出工作站分别叫什么", ("东溪工作站", "西坪工作站"), ()),
        ("节水补贴专项的立项依据是什么", ("甲水〔2019〕5号",), ()),
        ("节水补贴专项的实施主体是谁", ("甲山市节水站",), ("甲水〔2019〕5号",)),
        ("水质监测是什么意思", ("预警和防治",), ()),
        ("名词解释里怎么界定水质监测？原文摘一下", ("预警和防治",), ()),
    ],
)
def test_the_sentence_that_tells_it_is_quoted(
    water: Assistant, question: str, words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    answer = water.ask(question)
    assert answer.status == "answered" and all(word in answer.text for word in words), answer.text
    assert not any(other in answer.text for other in others), answer.text
    assert not figures(answer) and answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "河道清淤项目存在什么问题",  # evaluated, and no problem told
        "污水处理项目存在什么问题",
        "审计发现了什么问题",
        "2020年发现了什么问题",
        "上半年发现了什么问题",
        "外宾主要接待谁",
        "8批次都接待了谁",
        "河道管理中心是什么级别",
        "节水补贴专项的实施方案是什么",
        "饮水项目的立项依据是什么",
        "防汛是什么意思",
        "中标的是哪几家企业",
        "哪个项目评得最好",
        "3个项目里面最差的是哪个",
    ],
)
def test_what_no_sentence_tells_is_refused(water: Assistant, question: str) -> None:
    answer = water.ask(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("部门决算一共包括几家单位", ("3", "个")),
        ("下属单位有几家", ("2", "个")),
        ("除了本级还有哪几家单位并进来", ("2", "个")),
        ("主要职能列了几条", ("3", "条")),
        ("下面有几个工作站，名字都叫什么", ("2", "个")),
    ],
)
def test_what_is_listed_is_counted(water: Assistant, question: str, number: tuple[str, str]) -> None:
    assert figures(water.ask(question)) == [number]


def test_a_term_asked_for_after_its_figure(water: Assistant) -> None:
    first = water.ask("水质监测支出多少")
    answer = water.ask("这个词名词解释里怎么写的", [first])
    assert first.status != "answered" or "预警和防治" in answer.text


@pytest.mark.parametrize(
    ("short", "name", "stands"),
    [
        ("计生奖励扶助", "计划生育家庭奖励扶助项目自评得分", True),
        ("耕地质量观测", "丘陵区耕地质量长期定位观测与评价项目", True),
        ("计生贫困补贴", "计划生育家庭奖励扶助项目自评得分", False),
        ("耕地观", "耕作。土地，长期观测", False),
    ],
)
def test_a_name_in_short(short: str, name: str, stands: bool) -> None:
    assert (covered(tuple((c, True) for c in short), (name,)) is not None) is stands


def test_the_last_name_of_a_path() -> None:
    assert last_name("社会保障和就业支出(类)抚恤(款)死亡抚恤(项)") == "死亡抚恤"
    assert last_name("机关运行经费") == "机关运行经费"
