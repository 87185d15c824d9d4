"""A report's own names in the forms people speak them: shortened, in parts, without year and region, by what they are worth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from corpus.stores import ReportInfo
from corpus.taxonomy import taxonomy
from qa.amounts import MONEY
from qa.catalogue import Catalogue
from qa.names import variants
from qa.understand.normalise import normalise_name

# What a name may leave out when it is spoken.
_SPOKEN_ENDINGS = (("支出", 4), ("费用", 3), ("费", 4), ("经费", 4), ("补助", 6))
_LEAST_FRAGMENT = 3
_WORTH = re.compile(r"(?:单位价值|单价)(?P<number>\d+)万元(?:\(含\))?以上(?:的|\()?(?P<thing>[^()]+)")
_SIZES = ("", "大型", "大件", "大", "仪器", "大型仪器", "贵重", "贵重仪器", "精密仪器")
_SPOKEN_NUMBERS = {"50": ("五十",), "100": ("一百", "百"), "200": ("两百", "二百"), "10": ("十",), "20": ("二十",)}
_DATED = re.compile(r"\d{4}年?|^年度|年度?$")
_LEADING_YEAR = re.compile(r"(?:\d{4}年度?)?")
_OFFICE = re.compile(r"(办公室|办公厅|委员会|管理局|服务中心|中心|局|厅|委|院|署|馆|会)$")
_SHORT = {"办公室": "办", "办公厅": "办", "委员会": "委", "管理局": "局", "服务中心": "中心"}
_REGION = re.compile(r"^(?:.{2,6}?(?:省|自治区|市)(?:.{1,3}?(?:区|县|州|市|旗))?|.{1,4}?(?:区|县|州|旗))(?=.{3})")
_BODIES = frozenset({"政协", "人大", "人大常委会", "纪委监委"})
_LEVEL = re.compile(r".+?(?:自治区|省|市|区|县|州)")
_RATED = re.compile(r"(?:绩效)?(?:评级|评价|等级|等次)(?:结果)?为(?P<rating>[^的]{1,4})的项目")
_TERM = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d+[、.．]|（[一二三四五六七八九十]+）)?\s*(?P<term>[^：:]{2,40})[：:]"
)
TURNED = re.compile("[减免缓退未不非无除停另]")  # before a name these make it another's: 缓减免交诉讼费
_JOINS = frozenset("和与及或、的等并")
_LEAST_TERM = 6
_LONG_LABEL, _LEAST_COUNTED = 7, 4
_LEAST_OWN = 6
_OWN_TABLES = frozenset({"other", "performance"})  # that list what this report alone has: its projects
_TEMPLATE = re.compile(
    r"三公|预算财政拨款|财政拨款|公务用车|公务接待|出国|采购|机关运行|收入|结转|结余|编报|绩效|预留|合同金额"
)
_ALONE = frozenset({"优", "良", "优秀", "良好", "合格", "不合格"})
_RATING_VERBS = (
    "评为", "评了", "评上", "评到", "评定为", "被评为", "得了", "得到", "拿到", "拿了", "拿", "获评", "获得", "评级为", "评级结果为",
    "结果为", "等级为", "评价为", "评", "得",
)  # fmt: skip


def ratings(label: str) -> Iterator[str]:
    """The ways to speak of things rated so: 绩效评级为“优”的项目 -> 评了优, 拿到优的 …"""
    match = _RATED.match(normalise_name(label))
    if match is None:
        return
    rating = match["rating"]
    if rating in _ALONE:
        yield rating  # 「几个优、几个良」
    for verb in (
        "评为",
        "评了",
        "评上",
        "评到",
        "评定为",
        "被评为",
        "得了",
        "得到",
        "拿到",
        "拿了",
        "拿",
        "获评",
        "获得",
        "评级为",
        "评级结果为",
        "结果为",
        "等级为",
        "评价为",
        "评",
        "得",
    ):
        yield f"{verb}{rating}"
        yield f"{verb}{rating}的"
        yield f"{verb}了{rating}"
    for thing in ("项目", "的项目", "之项目"):
        yield f"{rating}{thing}"


def terms_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The terms that the report explains, and what is left of each without its beginning."""
    for paragraph in catalogue.store.paragraphs(catalogue.info.id):
        match = _TERM.match(paragraph.text.strip()) if "名词解释" in "".join(paragraph.section) else None
        if match is None:
            continue
        term = normalise_name(match["term"])
        for start in range(max(1, len(term) - _LEAST_TERM + 1)):
            yield term[start:], term


def parts_of_counts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Parts of the long labels of what is counted: 执法执勤 of 一般执法执勤用车."""
    labels = {e.fact.item for e in catalogue.entries if e.fact.measure == "count" and len(e.fact.item) >= _LONG_LABEL}
    labels = {label for label in labels if label.count("、") < 2}  # a list of names is no name
    for fragment, label in fragments_of(sorted(labels), catalogue.info.department):
        torn = re.search(
            rf"[一二三四五六七八九十两]{re.escape(fragment)}", normalise_name(label)
        )  # 四|个人民法庭: 几个 asks for these
        if len(fragment) >= _LEAST_COUNTED and not re.search(r"\d", fragment) and not torn:
            yield fragment, label


def titles(title: str, info: ReportInfo) -> Iterator[str]:
    """A table's printed title, and without the year and the department before it."""
    plain = normalise_name(title)
    yield plain
    yield (
        plain.removeprefix(normalise_name(info.department))
        .removeprefix(f"{info.year}年度")
        .removeprefix(f"{info.year}年")
    )


def thresholds(label: str) -> Iterator[str]:
    """The ways to speak of a thing named by its worth: 单位价值50万元以上通用设备 -> 单价五十万以上的通用设备 …"""
    match = _WORTH.match(normalise_name(label))
    if match is None:
        return
    number = match["number"]
    for worth in ("单位价值", "单价", "价值", "单台价值", "值", "超过", ""):
        for amount in (number, *_SPOKEN_NUMBERS.get(number, ())):
            for unit in ("万元", "万", "万块"):
                for link in ("", "的"):
                    for thing in (match["thing"], *(f"{size}设备" for size in _SIZES)):
                        yield f"{worth}{amount}{unit}以上{link}{thing}"


def fragments_of(names: Iterable[str], department: str) -> Iterator[tuple[str, str]]:
    """Parts of long names that stand in one of them only and not in the department's name."""
    owners: dict[str, set[str]] = defaultdict(set)
    spoken = [normalise_name(each) for each in department_names(department)]
    for name in names:
        least = max((name.find(each) + len(each) for each in spoken if each in name), default=0)
        for start in range(max(least, len(_LEADING_YEAR.match(name)[0])), len(name)):  # type: ignore[index]
            for end in range(start + _LEAST_FRAGMENT, len(name) + 1):
                if TURNED.search(name[:start]):
                    continue  # 诉讼费 is not what 缓减免交诉讼费 says
                if not _DATED.search(name[start:end]) and name[start] not in _JOINS and name[end - 1] not in _JOINS:
                    owners[name[start:end]].add(name)
    for fragment, found in owners.items():
        if len(found) == 1 and not any(fragment in each or each in fragment for each in spoken):
            yield fragment, next(iter(found))


def department_names(department: str) -> tuple[str, ...]:
    """The department's name and the short forms in use: without its region, with 办/局/委 for the full word."""
    core = _REGION.sub("", department) or department
    names = [department, core]
    region = department.removesuffix(core)
    if body := _own_body(department):  # 沂阑县法院, 县法院
        names += [place + body for place in (region, region[-1:], *_places(region)) if place]
    if office := _OFFICE.search(core):
        body, short = core[: office.start()], _SHORT.get(office[0], office[0])
        shortened = tuple(
            dict.fromkeys((core, body + short, body[:2] + short, *(s + short for s in _initials(body, office[0]))))
        )
        names += shortened[1:]
        names += [region[-1] + each for each in shortened] if region else []
        names += [place + each for place in _places(region) for each in shortened]
        if office[0] in {"办公厅", "办公室"}:  # 省政协办公厅 is 省政协
            names += [f"{place}{body}" for place in (region[-1:], *_places(region)) if place]
            names += [body] if body in _BODIES else []
        names += [body] if len(body) > 3 else []
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


_WHOSE = ("全", "本", "该", "我", "贵", "我们", "你们", "他们", "咱们", "这个", "整个", "这家", "那家")
_KINDS_OF_BODY = re.compile(
    "(?:研究院|研究所|科学院|检察院|法院|医院|大学|学院|学校|[中小]学|幼儿园|中心|[协学商]会|联合会|委员会|[总支大]队|"
    "[档图博展体].{0,2}馆|馆|院|所|站|局|厅|部|办公[厅室]|署|社|园|台)$"
)


def without_region(label: str, department: str) -> str:
    """瓯岚市公路应急养护中心 -> 公路应急养护中心 in the report of 瓯岚市交通运输局; "" for other labels."""
    region = department.removesuffix(_REGION.sub("", department) or department)
    rest = label.removeprefix(region) if region else label
    return rest if rest != label and len(rest) > 2 else ""


def self_words(department: str) -> Iterator[str]:
    """What its own people call it: 研究院, 全院, 院里, 我们院 of 某某研究院; 局里, 全局 of a 局."""
    if kind := _KINDS_OF_BODY.search(department):
        short = _SHORT.get(kind[0], kind[0][-1])
        if len(kind[0]) > 2 or kind[0][-1] in "院校园所":
            yield kind[0]
        yield from (f"{short}里", f"{short}上", f"{short}内")
        for own in dict.fromkeys((kind[0], _own_body(department))):
            yield from (f"{whose}{own}" for whose in _WHOSE if len(own) > 1)
        yield from (f"{whose}{short}" for whose in _WHOSE)


def _own_body(department: str) -> str:
    """法院 of 某某县人民法院, "" where the body's name has no such beginning."""
    core = _REGION.sub("", department) or department
    return core.removeprefix("人民") if core.startswith("人民") else ""


def own_item(department: str) -> str:
    """What a department is called that is an item of its report too: 法院, of a court's report; "" for others."""
    body = _own_body(department)
    return body if len(body) > 1 else ""


def _initials(body: str, office: str) -> Iterator[str]:
    """教育和体育 -> 教体; 规划和自然资源 -> 规资, 规自; 卫生健康 -> 卫健: what a joint name is shortened to."""
    parts = [part for part in re.split("[和与及]", body) if part]
    if len(parts) == 2 and all(len(part) > 1 for part in parts):
        first, second = parts
        yield first[0] + second[0]
        if len(second) > 2:
            yield first[0] + second[2]
            yield second
            yield first + second[2:]
            yield first + second[:2]
        if len(first) > 2:
            yield first[0] + first[2] + second[0]
    elif len(parts) == 1 and len(body) == 4:
        yield body[0] + body[2]
    elif len(body) == 2 and office == "委员会":
        yield body[0]
    elif len(parts) == 1 and len(body) == 6:
        yield body[0] + body[2] + body[4]


def _places(region: str) -> Iterator[str]:
    """The ways to name a department's region: 上海市普陀区 -> 上海市普陀区, 上海普陀区, 上海普陀, 普陀区, 普陀."""
    levels = _LEVEL.findall(region)
    for start in range(len(levels)):
        *above, own = levels[start:]
        for before in dict.fromkeys(("".join(above), "".join(place[:-1] for place in above))):
            yield before + own
            yield before + (own[:-1] if len(own) > 2 else own)


def own_long_names(catalogue: Catalogue) -> set[str]:
    """Names of projects and the like that only this report has."""
    told_of = {p for e in catalogue.entries if e.fact.table_kind == "performance" for p in e.fact.parents[-1:]}
    names = {name for name in told_of if not name.endswith("指标")}  # a form of the department has groups only
    told = (e.fact for e in catalogue.entries if e.fact.source == "sentence" and e.fact.level is None)
    names |= {f.item for f in told if len(f.item) >= _LEAST_OWN and f.unit in MONEY and not _known(f.item, catalogue)}
    return {catalogue.names.canonical(name) for name in names}


def _known(item: str, catalogue: Catalogue) -> bool:
    """Whether the name is one of the classification or of the template, or stands in a table, and so is no report's own."""
    spelled = normalise_name(item)
    cells = (e.fact for e in catalogue.entries if e.fact.source == "cell" and e.fact.table_kind not in _OWN_TABLES)
    listed = any(normalise_name(fact.item) == spelled for fact in cells)
    return listed or catalogue.names.canonical(item) in _official() or bool(_TEMPLATE.search(item))


@cache
def _official() -> frozenset[str]:
    return frozenset(entry.name for entry in taxonomy().entries)


def spoken_forms(name: str) -> Iterator[str]:
    """The forms a printed name is spoken in: its variants, each also without a closing 支出, 费 and the like."""
    for form in variants(name):
        yield form
        for ending, least in _SPOKEN_ENDINGS:
            if form.endswith(ending) and len(form) - len(ending) >= least:
                yield form.removesuffix(ending)


def only_its_stem(parent: str, catalogue: Catalogue) -> bool:
    """Whether a heading is only an item and its measure: 财政拨款支出预算, of which no figure but those of 财政拨款支出 is."""
    stem = parent.removesuffix("预算").removesuffix("决算")
    knows, canonical = catalogue.knows, catalogue.names.canonical
    return stem != parent and not knows(canonical(parent)) and knows(canonical(stem))
