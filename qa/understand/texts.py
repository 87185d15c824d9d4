"""Questions for words rather than figures: reasons, purposes, definitions, sections, texts of the performance tables."""

from __future__ import annotations

import re

from qa.catalogue import part_of
from qa.plan import Name, Plan, Ref
from qa.understand.context import TOTAL_EXPENDITURE, Reading
from qa.understand.dropped import used_for
from qa.understand.normalise import normalise_name
from qa.understand.numbers import chinese_to_int
from qa.understand.phrases import Phrase
from qa.understand.spoken import terms_of

_BUDGET = (
    "measure.over", "measure.under", "measure.variance", "measure.budget", "measure.completion", "op.over", "op.under",
)  # fmt: skip
_OF_TABLE = re.compile(r"^.*?(?:\d{4}年度?)|(?:支出)?(?:决算|预算)?(?:总|明细)?表$")
_NTH = re.compile("第(?P<n>[一二三四五六七八九十]+|[0-9]+)(?:条|项|点|款|个|段|部分)")
_TELLS_USE = re.compile("(?:怎么|如何|怎样)(?:交代|说明|说|讲|写).{0,6}(?:用途|用处|用于|花在)")  # what for, not why
_POINTS = re.compile("(?:几|多少)(?:大)?(?:条|项|点|款)(?!钱)")  # of a section: how many it lists
_OF_WORD = re.compile(
    "(?:这个|这一|该|这)(?:名?词|术语|概念)|名词解释"
)  # 「怎么解释“机关运行经费”这个词」 asks for no reason
_CHANGE = ("measure.change", "measure.change_rate", "period.prior", "op.up", "op.down", "op.changed")


def texts(reading: Reading) -> Plan | None:
    """The plan of a question that wants the report's own words, None when it wants none."""
    if reading.has("op.zero", "op.blank") and reading.has("ask.which", "op.count"):
        return None
    comparing = any(t.has("op", "more", "less", "max", "min") and not t.has("named") for t in reading.sketch.tokens)
    if reading.has("op.rankup", "op.second", "op.third") or (
        reading.has("ask.which") and comparing and not reading.has("ask.why")
    ):
        return None
    for rule in (_table, _term, _reason, _of_project, _named_text, _about, _purpose, _what_for, _definition, _section):
        if plan := rule(reading):
            return plan
    return None


def _marked(reading: Reading, kind: str) -> tuple[str, ...]:
    prefix = f"{kind}."
    return tuple(dict.fromkeys(m.removeprefix(prefix) for m in reading.sketch.marks if m.startswith(prefix)))


def _subject(reading: Reading) -> Ref | None:
    if reading.named:
        phrase = reading.named[0]
        return Ref(phrase.names, "", phrase.side, phrase.tables, phrase.period)
    return None


def _reason(reading: Reading) -> Plan | None:
    if not reading.has("ask.why") or reading.has("op.rank") or _OF_WORD.search(reading.text):
        return None
    if reading.has("ask.use") and _TELLS_USE.search(reading.text):
        return None
    subjects = [Ref(p.names, "", p.side, p.tables) for p in reading.named]
    if not subjects and reading.has("ask.which"):
        down = reading.has("measure.under", "op.under", "op.down")
        return reading.plan("reason", topic=_about_of(reading), words=("fall",) if down else ("rise",))
    if not subjects and reading.sketch.bare:
        subjects = [Ref((reading.sketch.bare[0],))]
    if not subjects and any(p.side or p.measure for p in reading.phrases):
        subjects = [Ref((TOTAL_EXPENDITURE,))]
    if not subjects:
        return None
    if all(reading.catalogue.is_project(ref.names) for ref in subjects) and not reading.has("op.not"):
        words = _marked(reading, "named") or ("评价结论", "主要绩效", "存在问题")
        return reading.plan("text", subjects[0], topic="named", words=words)
    about = _about_of(reading)
    down = reading.has("op.down", "op.less", "measure.under", "op.under")
    up = reading.has("op.up", "op.more", "measure.over", "op.over")
    words = () if up == down or reading.has("op.not") else ("fall",) if down else ("rise",)
    if reading.has("ask.yesno"):
        words = (*words, "premise")  # 「是因为…吧」: the report's own reason answers, whatever was supposed
    return reading.plan("reason", *dict.fromkeys(subjects), topic=about, words=words)


def _about_of(reading: Reading) -> str:
    """What a reason is asked for: final against "budget", the "change" from the year before, or "" for either."""
    year_before = reading.has("period.prior") or len(set(reading.sketch.years)) > 1
    change = year_before or reading.has("measure.change_rate")
    if reading.has(*_BUDGET) and not reading.has("period.prior"):
        return "budget"
    return "change" if change else ""


def _of_project(reading: Reading) -> Plan | None:
    """「实际使用单位是谁」 of a project: what its table says in words that no name of its texts covers."""
    asked = reading.has("ask.which", "ask.what") or any("谁" in t.text for t in reading.sketch.tokens)
    if not reading.named or reading.amount or not asked or _marked(reading, "named"):
        return None
    if not all(reading.catalogue.is_project(p.names) for p in reading.named):
        return None
    said = [
        t.text
        for t in reading.sketch.tokens
        if len(t.text) > 1 and not t.has("item") and not t.has("filler") and "谁" not in t.text
    ]
    words = tuple(
        w
        for t, w in ((t, t.text) for t in reading.sketch.tokens)
        if w in said and not t.has("ask") and not t.has("grain")
    )
    return reading.plan(
        "search", topic="project", words=(*words, *(n.items[0] for p in reading.named for n in p.names))
    )


def _named_text(reading: Reading) -> Plan | None:
    """评价结论, 存在问题 … of a project, or of all."""
    wanted = _marked(reading, "named") or _projects_asked(reading)
    if not wanted or (reading.amount and not reading.has("ask.what", "ask.which", "ask.list")):
        return None
    names = tuple(name for p in reading.named for name in p.names)
    compared = reading.yesno and (reading.has("op.more", "op.less", "op.equal") or reading.sketch.quantities)
    rated = any("绩效评级" in part_of().get(item, ()) for name in names for item in name.items)
    if compared or rated:
        return None
    return reading.plan("text", Ref(names), topic="named", words=wanted)


def _projects_asked(reading: Reading) -> tuple[str, ...]:
    """「参加绩效评价的项目有哪些」: the projects themselves, where the report names them."""
    items = [name.items for p in reading.named for name in p.names]
    listed = reading.has("ask.list", "ask.which") and not reading.has("op.max", "op.min", "op.more", "op.less")
    return ("项目名称",) if listed and items == [("绩效评价项目",)] and reading.catalogue.projects() else ()


def _table(reading: Reading) -> Plan | None:
    """「基金表里怎么没数」: what a table is of, asked of the table alone: its total, or the note that it has no data."""
    tables = {table for p in reading.phrases for table in p.tables}
    asked = reading.has("ask.what", "ask.why", "ask.list", "op.blank", "op.filled")
    more = reading.sketch.quantities or any(p.measure or p.grain for p in reading.phrases)
    if reading.named or len(tables) != 1 or not asked or more:
        return None
    kind = next(iter(tables))
    titles = (t.title for t in reading.catalogue.store.tables(reading.catalogue.info.id) if t.kind == kind)
    title = _OF_TABLE.sub("", normalise_name(next(titles, "")))
    items = (reading.catalogue.names.canonical(title),)
    return reading.plan("yesno", Ref((Name(title, items),)), topic="exists") if title else None


def _term(reading: Reading) -> Plan | None:
    """「运维资金是个啥」: a term that the report explains, where neither a figure nor a reason is asked."""
    if reading.named or not any(t.has("term") for t in reading.sketch.tokens):
        return None
    said = reading.has("ask.what", "ask.define")
    if reading.amount or (not said and (reading.yesno or reading.has("ask.why"))):
        return None
    return reading.plan("text", Ref(()), topic="glossary")


def _purpose(reading: Reading) -> Plan | None:
    what_for = reading.named and any(t.has("section", "职能") and t.text[-1] == "的" for t in reading.sketch.tokens)
    if reading.has("op.share", "measure.share") and len(reading.named) > 1:
        return None  # What share of basic expenditure goes to …?
    if what_for:
        return reading.plan("purpose", _subject(reading) or Ref(()))  # 「购房补贴是拿来做什么的」
    if not reading.has("ask.use") or (reading.amount and used_for(reading) is not None):
        return None
    subject = _subject(reading)
    if subject is not None:
        return reading.plan("purpose", subject)
    if reading.sketch.bare or any(p.side for p in reading.phrases) or reading.has("filler.particles"):
        side = next((p.side for p in reading.phrases if p.side), "expenditure")
        if (
            not _marked(reading, "section")
            and not reading.sketch.quantities
            and not any(p.unit for p in reading.phrases)
        ):
            return reading.plan("rank", Ref((), "", side), order="desc", grain="class")  # type: ignore[arg-type]
    return None


def _what_for(reading: Reading) -> Plan | None:
    """「国内公务接待涵盖哪些费用」: what an item is spent on, asked without a verb of spending."""
    if (
        reading.has("op.sum", "op.equal", "op.plus", "op.top", "op.bottom", "op.rank", "op.filled", "op.count")
        or reading.yesno
        or reading.sketch.quantities
    ):
        return None
    asked = reading.has("ask.what", "ask.list") or (
        reading.has("ask.which") and not any(p.grain in {"class", "group", "leaf"} for p in reading.phrases)
    )
    if (
        not asked
        or reading.amount
        or len(reading.named) != 1
        or reading.has("op.max", "op.min", "op.more", "op.less", "op.gt", "op.lt")
    ):
        return None
    phrase = reading.named[0]
    if (
        phrase.measure
        or phrase.unit
        or any(
            m.startswith(("section.", "named.", "measure.", "op.blank", "op.zero", "op.each"))
            for m in reading.sketch.marks
        )
    ):
        return None
    if reading.catalogue.has_purpose(tuple(i for n in phrase.names for i in n.items)):
        return reading.plan("purpose", Ref(phrase.names, "", phrase.side))
    return None


def _definition(reading: Reading) -> Plan | None:
    if not reading.has("ask.define") or reading.has("ask.amount", "op.average", "measure.average"):
        return None
    if reading.has("section.名词解释") and not reading.named and not reading.sketch.unknown:
        return reading.plan("text", topic="section", words=("名词解释",))
    subject = _subject(reading) or Ref(())
    if any(isinstance(p, Phrase) and p.measure for p in reading.named) and not _explained(reading):
        return None
    return reading.plan("text", subject, topic="glossary")


def _explained(reading: Reading) -> bool:
    """Whether an item and its measure are together a term of the report's own: 基本支出预算."""
    asked = "".join(t.text for t in reading.sketch.tokens)
    return any(term in asked for _, term in terms_of(reading.catalogue))


def _section(reading: Reading) -> Plan | None:
    sections = _marked(reading, "section")
    if (
        "机构设置" in sections
        and not reading.has("ask.which", "ask.what", "ask.list")
        and not any("办事处" in t.text or "派出" in t.text for t in reading.sketch.tokens)
        and (reading.has("op.count") or any(t.has("section") and t.text[0] in "几多" for t in reading.sketch.tokens))
        and not reading.named
        and not reading.sketch.unknown
        and not reading.sketch.outside
    ):
        return reading.plan("lookup", Ref((Name("内设机构", ("内设机构",)),), "count"))
    if len(sections) == 1 and not reading.named and _POINTS.search(reading.text) and not reading.sketch.unknown:
        return reading.plan("text", topic="section", words=sections, grain="points")
    place = nth(reading.text)  # 「第一条」 is no largest
    if (
        not sections
        or (reading.has("op.max", "op.min", "measure.average", "op.average") and not place)
        or reading.amount
    ):
        return None
    return reading.plan("text", topic="section", words=sections, limit=place)


def nth(text: str) -> int:
    """第六条 -> 6; 0 where no place in a list is named."""
    match = _NTH.search(text)
    return (chinese_to_int(match["n"]) or 0 if not match["n"].isdigit() else int(match["n"])) if match else 0


def _about(reading: Reading) -> Plan | None:
    about = tuple(a for a in _marked(reading, "about") if a != "self")
    if not about or reading.named or any(p.measure and p.measure != "final" for p in reading.phrases):
        return None
    return reading.plan("text", topic="about", words=about)
