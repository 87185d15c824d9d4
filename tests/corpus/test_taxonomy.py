"""The vocabulary keeps its promises: nothing said twice, no empty word restricts, the report's items are known."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations

import pytest

from corpus.taxonomy import Entry, taxonomy

DATA = taxonomy()
FILLERS = DATA.filler_words
ITEM_WORDS = {word for e in DATA.entries for word in (*e.names, *e.everyday, *e.part)}
MEASURE_WORDS = {word for m in DATA.measures for word in m.words}
OUTSIDE_WORDS = {word for t in DATA.outside for word in t.words}
RESTRICTING_MEASURES = {word for m in DATA.measures if m.name != "final" for word in m.words}

# Lines 385-617 and 210-221 of the shipped report, by eye: every item it prints and the code beside it (2016).
PRINTED = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位离退休",
    "2080501": "归口管理的行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080599": "其他行政事业单位离退休支出",
    "210": "医疗卫生与计划生育支出",
    "21005": "医疗保障",
    "2100501": "行政单位医疗",
    "21099": "其他医疗卫生与计划生育支出",
    "2109901": "其他医疗卫生与计划生育支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "2210203": "购房补贴",
    "301": "工资福利支出",
    "30101": "基本工资",
    "30104": "其他社会保障缴费",
    "30108": "机关事业单位基本养老保险缴费",
    "302": "商品和服务支出",
    "30207": "邮电费",
    "30212": "因公出国（境）费用",
    "30231": "公务用车运行维护费",
    "30240": "税金及附加费用",
    "303": "对个人和家庭的补助",
    "30307": "医疗费",
    "30311": "住房公积金",
    "30313": "购房补贴",
    "30399": "其他对个人和家庭的补助支出",
    "310": "其他资本性支出",
    "31007": "信息网络及软件购置更新",
    "31013": "公务用车购置",
    "31099": "其他资本性支出",
}
# What citizens say, and the one item it means.
SAID = {
    "招待费": "公务接待费",
    "请客吃饭": "公务接待费",
    "出国": "因公出国（境）费",
    "养车": "公务用车运行费",
    "公车": "公务用车购置及运行费",
    "买车": "公务用车购置费",
    "电钱": "电费",
    "电话网络费": "邮电费",
    "出差": "差旅费",
    "开会": "会议费",
    "公积金": "住房公积金",
    "年终奖": "奖金",
    "物业费": "物业管理费",
    "人头费": "人员经费",
    "总支出": "本年支出合计",
    "出国次数": "因公出国（境）团组",
    "接待了多少人": "接待人次",
    "几个处室": "内设机构",
    "退休金": "退休费",
}

# Words that narrow a question; none may be made of empty words.
RESTRICTIONS = (
    "上半年",
    "下半年",
    "第一季度",
    "3月",
    "去年",
    "前年",
    "上年",
    "明年",
    "往年",
    "科室",
    "某处室",
    "个人",
    "主任",
    "局长",
    "司机",
    "其他部门",
    "别的单位",
    "财政局",
    "供应商",
    "中标单位",
    "哪个国家",
    "日本",
    "礼品",
    "茅台",
    "品牌",
    "平均",
    "最高",
    "最低",
    "主要",
    "其他",
    "每",
    "各部门",
    "未",
    "没有",
    "不",
    "除",
    "除了",
    "超过",
    "以上",
    "以下",
    "之前",
    "之后",
    "北京",
    "上一年",
    "上个月",
    "下属单位",
    "男",
    "女",
    "临时",
    "在职",
    "离休",
    "退休",
    "新增",
    "原来",
    "买了什么",
)


def claims(entry: Entry) -> tuple[str, ...]:
    return (*entry.names, *entry.everyday, *entry.bare, *entry.part)


def made_of_fillers(text: str) -> bool:
    """Whether ``text`` can be cut into empty words without a rest: it would vanish from a question."""
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(reached[start] and text[start:end] in FILLERS for start in range(end))
    return reached[-1]


def test_counts(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {scheme: sum(e.scheme == scheme for e in DATA.entries) for scheme in ("functional", "economic", "concept")}
    said = sum(len(e.everyday) + len(e.bare) + len(e.part) for e in DATA.entries)
    with capsys.disabled():
        print(f"\n{sizes}, {said} everyday words, {len(MEASURE_WORDS)} measure words, {len(FILLERS)} empty words,")
        print(f"{len(DATA.outside)} topics outside with {len(OUTSIDE_WORDS)} words")
    assert sizes["functional"] >= 600
    assert sizes["economic"] >= 130
    assert sizes["concept"] >= 90
    assert said >= 2800
    assert len(FILLERS) >= 500


def test_names_are_unique_within_a_scheme() -> None:
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for entry in DATA.entries:
        seen[entry.scheme, entry.name] += 1
    assert [name for name, count in seen.items() if count > 1] == []


def test_no_code_means_two_things_in_one_year() -> None:
    owners: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for entry in DATA.entries:
        for code in entry.codes:
            owners[entry.scheme, code.code].append((code.since or 0, code.until or 9999, entry.name))
    clashes = [(key, a, b) for key, spans in owners.items() for a, b in combinations(sorted(spans), 2) if b[0] <= a[1]]
    assert clashes == []


@pytest.mark.parametrize("scheme,shape", [("functional", r"2\d\d(\d\d){0,2}"), ("economic", r"3\d\d(\d\d)?")])
def test_codes_have_the_shape_of_their_classification(scheme: str, shape: str) -> None:
    coded = [e for e in DATA.entries if e.scheme == scheme]
    assert [e.name for e in coded if not e.codes and not e.suffix] == []
    assert [c.code for e in coded for c in e.codes if not re.fullmatch(shape, c.code)] == []


def test_every_code_hangs_under_a_known_one() -> None:
    known = {code.code for entry in DATA.entries for code in entry.codes}
    orphans = [code for code in known if len(code) > 3 and code[:-2] not in known]
    assert orphans == []


def test_a_word_claimed_twice_is_declared_near() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in DATA.entries:
        for word in claims(entry):
            owners[word].add(entry.name)

    def near(a: str, b: str) -> bool:
        return any(b in e.near for e in DATA.named(a)) or any(a in e.near for e in DATA.named(b))

    undeclared = [(w, a, b) for w, names in owners.items() for a, b in combinations(sorted(names), 2) if not near(a, b)]
    assert undeclared == []


def test_near_names_exist() -> None:
    assert [(e.name, n) for e in DATA.entries for n in e.near if not DATA.named(n)] == []


def test_within_an_entry_every_word_stands_once() -> None:
    assert [e.name for e in DATA.entries if len(claims(e)) != len(set(claims(e)))] == []


def test_no_filler_equals_or_contains_an_item() -> None:
    assert [(f, w) for f in FILLERS for w in ITEM_WORDS if w in f] == []


def test_no_filler_is_a_restricting_measure_or_an_outside_word() -> None:
    assert not FILLERS & RESTRICTING_MEASURES
    assert not FILLERS & OUTSIDE_WORDS


@pytest.mark.parametrize("restriction", RESTRICTIONS)
def test_restrictions_are_never_empty(restriction: str) -> None:
    assert not made_of_fillers(restriction)


def test_outside_words_do_not_vanish() -> None:
    # 部门 and 单位 alone are empty, as in 「部门花了多少」; these longer words must be matched before them.
    matched_first = {
        "哪个部门",
        "哪个单位",
        "你们在哪",
        "你们在哪里",
        "单位在哪",
        "单位在哪里",
        "我的钱",
        "哪些单位",
        "什么单位",
        "都是哪些单位",
    }
    assert {word for word in OUTSIDE_WORDS if made_of_fillers(word)} <= matched_first


def test_measure_words_name_no_item_and_one_measure() -> None:
    assert not RESTRICTING_MEASURES & ITEM_WORDS
    assert sum(len(m.words) for m in DATA.measures) == len(MEASURE_WORDS)


def test_outside_words_name_no_item() -> None:
    assert not OUTSIDE_WORDS & (ITEM_WORDS | RESTRICTING_MEASURES)


def test_counts_have_a_unit() -> None:
    assert [e.name for e in DATA.entries if e.kind in ("count", "score") and not e.unit] == []


@pytest.mark.parametrize("code,name", PRINTED.items())
def test_the_reports_items_are_known_by_name_and_code(code: str, name: str) -> None:
    assert set(DATA.coded(code, 2016)) & set(DATA.named(name))


@pytest.mark.parametrize("word,name", SAID.items())
def test_everyday_words_mean_their_item(word: str, name: str) -> None:
    # An economic item may print the concept's name too (公务用车运行维护费): it is then found with it.
    assert name in {entry.name for entry in DATA.meant(word)}
    assert all(set(entry.names) & set(DATA.named(name)[0].names) for entry in DATA.meant(word))


def test_namesakes_are_found_together() -> None:
    assert {e.scheme for e in DATA.meant("公积金")} == {"functional", "economic"}
    assert {e.scheme for e in DATA.named("公务接待费")} == {"concept", "economic"}


def test_codes_know_their_years() -> None:
    assert [e.name for e in DATA.coded("310", 2016)] == ["其他资本性支出"]
    assert [e.name for e in DATA.coded("310", 2018)] == ["资本性支出"]
    assert [e.name for e in DATA.coded("2101101", 2016)] == []
    assert DATA.named("不在册的名目") == DATA.meant("不在册的词") == DATA.coded("999") == ()
