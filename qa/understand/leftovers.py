"""What is left over of a question once its plan is made: the general mechanism of refusals.

Each word is used by the plan, or carries nothing, or restricts the question to something the report may not hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.stores.contents import ReportInfo
from corpus.taxonomy import Topic, taxonomy
from qa.amounts import MONEY
from qa.plan import Call, Plan, Ref, Restriction, refs
from qa.resolve import Found, resolve
from qa.understand.context import Reading
from qa.understand.dropped import (
    FIGURE_KINDS,
    counted_thing,
    misplaced,
    persons_asked,
    pointing,
    prior_dropped,
    used_for,
    whole,
    within_itself,
)
from qa.understand.lexer import Token
from qa.understand.marks import CHECKING
from qa.understand.phrases import Sketch
from qa.understand.places import acts_within, aside, attributive, harmless, is_soft
from qa.understand.stocks import held_not_changed
from qa.understand.unread import unread_runs, unread_word

_CONTENT = frozenset({"section", "named", "about", "outside", "part", "check", "text", "term"})
_USED = frozenset(
    {
        "item",
        "bare",
        "measure",
        "period",
        "ask",
        "op",
        "side",
        "table",
        "count",
        "refer",
        "copula",
        "join",
        "subject",
        "report",
        "year",
    }
)
_OPERATIONS = (
    "gt", "ge", "lt", "le", "max", "min", "rank", "rankup", "times", "ratio", "divide", "ordinal", "second", "third",
    "top", "bottom",
)  # fmt: skip
_SINGLE = "报告没有其中单独一次（一件）的数字"
_ASPECTS = frozenset("了过着")
_JUDGED = frozenset({"最差", "最好", "最优", "最佳", "最棒", "最糟", "最烂"})
_SUCH = frozenset({"这类", "这种", "之类", "之类的", "等", "这样的", "那种", "一类"})


def with_leftovers(plan: Plan, reading: Reading) -> Plan:
    """``plan`` with what of the question it does not honour: restrictions, and words that nobody understood."""
    found = reading.sketch
    topics = {topic.name: topic for topic in taxonomy().outside}
    restrictions = [*plan.restrictions, *_years(found, plan, reading.catalogue.info)]
    unknown = (
        unread_runs(found.tokens, whole_words=plan.kind in {"purpose", "reason"})
        if plan.kind not in FIGURE_KINDS
        else [
            unread_word(token, found.tokens)
            for token in found.tokens
            if (token.unknown and not aside(token, plan, found) and not _of_name(token, found))
            or (is_soft(token) and not harmless(token, plan, found))
            or attributive(token, found.tokens)
            or acts_within(token, plan, found)
        ]
    )
    if plan.kind == "search":  # a passage must hold what somebody does, too
        unknown += [
            t.text for t in found.tokens if t.text[-1:] not in _ASPECTS and {s.kind for s in t.senses} == {"act"}
        ]
        which = reading.has("ask.which")
        strange = [t for t in found.tokens if t.has("outside", "vendors", "persons")]
        asked = [t for t in strange if which or any(c in t.text for c in "哪谁")]
        restrictions += [_restriction(t, topics) for t in asked if "谁" not in t.text]
    figures = plan.kind in FIGURE_KINDS
    if figures and not plan.carried:
        restrictions += [Restriction(t.text, _SINGLE) for t in found.tokens if t.has("single")]
    meant = {item for e in plan.exprs for ref in refs(e) for name in ref.names for item in name.items}
    restrictions += _not_honoured(plan, reading) + prior_dropped(plan, reading) + misplaced(plan, reading)
    restrictions += held_not_changed(plan, reading) + persons_asked(plan, reading)
    for token in found.tokens:
        kinds = {s.kind for s in token.senses}
        if token.has("check") and plan.kind == "yesno" and plan.topic == "same":
            continue
        if token.has("outside", "persons") and "谁" in token.text and plan.kind in {"rank", "compare", "filter"}:
            continue  # 「前两名是谁」
        if token.text in CHECKING:
            continue  # 「核对公积金：决算是多少」
        if token.has("section", "机构设置") and "内设机构" in meant:
            continue
        if token.has("part") and meant & set(token.values("part")) and _apposed(token, found):
            continue
        if (
            figures
            and kinds & _CONTENT
            and not kinds & _USED
            and "filler" not in kinds - ({"filler"} if token.has("outside") else set())
        ):
            restrictions.append(_restriction(token, topics))
        elif (
            not figures
            and token.has("outside")
            and "谁" not in token.text
            and not (plan.topic == "glossary" and token.has("outside", "persons") and "哪" in token.text)
            and not (plan.topic == "section" and token.has("outside", "persons") and "名" in token.text)
            and not kinds & (_USED | {"section", "named", "about", "soft"})
        ):
            unknown.append(token.text)
    return plan.with_(restrictions=tuple(dict.fromkeys(restrictions)), unknown=tuple(dict.fromkeys(unknown)))


def _not_honoured(plan: Plan, reading: Reading) -> list[Restriction]:
    """A denial, an operation or a number that the plan makes no use of, a 它 that points at nothing."""
    found = reading.sketch
    restrictions = [
        Restriction(t.text, "不提供这种算法")
        for t in found.tokens
        if t.has("op", "unsupported") and plan.kind in FIGURE_KINDS
    ]
    denied = next(
        (
            t
            for t in found.tokens
            if t.has("op", "not")
            and not t.has("ask", "yesno")
            and not t.has("talk")
            and not _asks_whether(t, found.tokens)
        ),
        None,
    )
    if (
        denied is not None
        and plan.kind in {"lookup", "compute", "rank"}
        and not reading.has("measure.under", "op.blank", "op.under")
    ):
        restrictions.append(Restriction(denied.text, "没有理解这个否定的说法"))
    averaged = plan.kind == "compute" and any(isinstance(e, Call) and e.op == "average" for e in plan.exprs)
    if averaged:  # 「最贵的一顿饭」
        extremes = [t for t in found.tokens if t.has("op", "max", "min") or (t.has("op", "more") and "贵" in t.text)]
        restrictions += [Restriction(t.text, _SINGLE) for t in extremes]
    if plan.kind == "lookup":
        counted = any(_counts(ref, reading) for e in plan.exprs for ref in refs(e))
        claimed = [t for t in found.tokens if t.quantity is not None and counted_thing(t)] if not reading.amount else []
        unused = claimed + [
            t
            for t in found.tokens
            if (_unused(t) and not (t.has("soft") and not reading.yesno))
            or (t.has("op", "count") and not counted and not t.has("filler") and not t.text.isascii())
        ]
        unused += [t for t in found.tokens if not counted and counted_thing(t)] if whole(plan, found) else []
        unused = [t for t in unused if not _already_said(t, plan, reading)]
        restrictions += [Restriction(t.text, "没有理解它在这个问题里的作用") for t in dict.fromkeys(unused)]
        if reading.amount and (purpose := used_for(reading)) is not None:
            restrictions.append(Restriction(purpose.text, "报告没有说明这一项里有多少用于它"))
        restrictions += [Restriction(t.text, "报告只印出这一项的总数，没有再细分") for t in within_itself(plan, found)]
    if plan.kind == "yesno" and plan.topic == "exists":  # 「三公经费有没有问题」 does not ask whether there is any
        restrictions += [Restriction("问题", "报告不含评价或判断") for t in found.tokens if t.text == "有没有问题"]
    if plan.kind == "rank" and not any(ref.names or ref.measure for e in plan.exprs for ref in refs(e)):
        # 「39个里面最差的是哪个」: of how well things were done, the largest amount says nothing
        restrictions += [Restriction(t.text, "报告不含评价或判断") for t in found.tokens if t.text in _JUDGED]
    if plan.kind in {"lookup", "rank", "filter", "count"}:
        restrictions += [Restriction(t.text, "没有说明指的是哪一项") for t in pointing(plan, found)]
    return restrictions


def _years(found: Sketch, plan: Plan, info: ReportInfo) -> list[Restriction]:
    """Years the question names that the answer does not speak of; final accounts where the report is a budget."""
    year, kind = info.year, info.document
    compared = plan.kind in {"reason", "text", "search", "check", "chat", "ledger"} or any(
        _speaks_of_prior(e) for e in plan.exprs
    )
    wrong = [y for y in dict.fromkeys(found.years) if y != year and not (y == year - 1 and compared)]
    restrictions = [
        Restriction(f"{y}年", f"本报告是{year}年度{kind}，没有{y}年度的这项数字", f"{y}年度部门决算") for y in wrong
    ]
    if kind != "预算" and plan.kind in FIGURE_KINDS:  # what was planned is no final figure
        planned = [t for t in found.tokens if t.has("ask", "yesno") and t.text.endswith(("计划", "打算"))]
        restrictions += [
            Restriction(t.text, f"本报告是{year}年度{kind}，印出的是实际数，没有说明打算") for t in planned
        ]
    if kind == "预算" and plan.kind in FIGURE_KINDS and any("决算" in t.text for t in found.tokens):
        restrictions.append(Restriction("决算", f"本报告是{year}年度预算，没有决算数", f"{year}年度部门决算"))
    return restrictions


def _speaks_of_prior(expr: object) -> bool:
    if isinstance(expr, Call):
        return expr.op in {"prior", "growth"} or any(_speaks_of_prior(arg) for arg in expr.args)
    return isinstance(expr, Ref) and (expr.period == "prior" or expr.measure in {"change", "change_rate"})


def _restriction(token: Token, topics: Mapping[str, Topic]) -> Restriction:
    for name in token.values("outside"):
        topic = topics[name]
        return Restriction(token.text, f"报告不含{topic.why}", topic.usually_in)
    for name in token.values("part"):
        return Restriction(token.text, f"报告只印出「{name}」的总数，没有再细分")
    return Restriction(token.text, "报告没有按这个细分的数字")


def _apposed(token: Token, found: Sketch) -> bool:
    """「买电脑这类办公设备」, 「信息网络软件购置」, or two parts named for the whole: the part only illustrates."""
    at = found.tokens.index(token)
    after = found.tokens[at + 1].text if at + 1 < len(found.tokens) else ""
    before = found.tokens[at - 1].values("item") if at else ()
    of = set(token.values("part"))
    apart = found.has("op.except", "op.not", "op.exceptend")  # 「光是汽油费，修车的不要算」
    together = not apart and sum(bool(of & set(t.values("part"))) for t in found.parts) > 1
    return together or bool(of & set(before)) or after in _SUCH


def _counts(ref: Ref, reading: Reading) -> bool:
    """Whether ``ref`` is a number of things, by its measure or because the report prints nothing else for its item."""
    if ref.measure == "count":
        return True
    items = tuple(item for name in ref.names for item in name.items)
    units = (
        {entry.fact.unit for entry in reading.catalogue.of(items) if entry.fact.measure == "count"} if items else set()
    )
    return not ref.measure and bool(units)


def _asks_whether(token: Token, tokens: tuple[Token, ...]) -> bool:
    """「交了没有」: a denial after a finished verb and before a pause asks whether."""
    at = tokens.index(token)
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else "。"
    last = not [t for t in tokens[at + 1 :] if not t.has("join", "stop")]
    if token.text == "不" and last:
        return True  # 「能推出来不」
    return token.text in {"没有", "没"} and before.endswith(("了", "过", "有")) and not after[0].isalnum()


def _unused(token: Token) -> bool:
    """A bound, an order or an operation, which a plain lookup makes no use of."""
    if token.quantity is not None:
        return token.quantity.unit in {"元", "%", "倍"} and not token.quantity.bare
    return (
        token.has("op", *_OPERATIONS) and not token.has("filler") and not token.has("measure") and not token.has("join")
    )


def _of_name(token: Token, found: Sketch) -> bool:
    """「…买了新车。到底买了没有」: part of a name that the question holds."""
    return any(t.has("item") and token.text in t.text for t in found.tokens)


def _already_said(token: Token, plan: Plan, reading: Reading) -> bool:
    """「总支出12345.67万是几个亿」: the very amount that is looked up; 「花成一亿三千多万的那个 X」: one that the report prints
    of the item, said in round numbers to point at it."""
    found = resolve(plan.exprs[0], reading.catalogue) if plan.exprs and isinstance(plan.exprs[0], Ref) else None
    quantity = token.quantity
    if quantity is None or quantity.unit != "元" or not isinstance(found, Found):
        return False
    tokens = reading.sketch.tokens
    at = tokens.index(token)
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    pointing = after.startswith(("的", "多的", "余")) or (at > 0 and tokens[at - 1].text[-1] in "那这")
    names = tuple(item for name in plan.exprs[0].names for item in name.items)  # type: ignore[union-attr]
    entries = (*reading.catalogue.of(names), *found.chosen) if pointing else found.chosen
    amounts = [e.fact.value * MONEY[e.fact.unit] for e in entries if e.fact.value is not None and e.fact.unit in MONEY]
    most = quantity.upper or (quantity.value * 11 / 10 if after[:1] in {"多", "余"} else quantity.value)
    return any(quantity.value <= amount <= most for amount in amounts)
