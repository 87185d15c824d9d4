"""Parts and wholes: what is left of a whole without a part, and a part's share of the whole it is named with."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.plan import Name, Plan, Ref
from qa.resolve import Missing, resolve
from qa.understand.context import TOTAL_EXPENDITURE, TOTAL_INCOME, Reading, call
from qa.understand.phrases import Phrase


def without(reading: Reading) -> Plan | None:
    """「除了 A，还有 B 吗」 asks of B; 「A 之外还支出多少」, 「B 里除了 A，其余多少」 ask of the whole less A."""
    taken_off = reading.has("op.minus") and reading.has("op.rest")  # 「扣掉 A，其余加起来」
    if (
        not (reading.has("op.except", "op.exceptend") or taken_off)
        or reading.has("op.blank", "op.zero")
        or not reading.named
    ):
        return None
    named = list(reading.named)
    first = named[0]
    excepted = next((b for a, b in pairwise(reading.sketch.tokens) if a.has("op", "except")), None)
    if excepted is not None and excepted.has("bare") and not excepted.has("item"):
        return reading.plan("lookup", *(p.ref() for p in named))  # 「除了财政拨的，其他收入有多少」
    whole = first if first.before != "except" and any(p.before == "except" for p in named[1:]) else None
    left_out = [p for p in named if p is not whole] if whole else [named[0]]
    if whole is None and len(first.names) == 2:
        part, of = nested(first.names, reading)  # 「不包括印刷费的商品和服务支出」
        if part is not None:
            whole, left_out = replace(first, names=(of,)), [replace(first, names=(part,))]
    at = next((i for i, p in enumerate(named) if i > 1 and contains(p, named[0], reading)), None)
    if whole is None and at is not None and reading.amount:
        whole, left_out = named[at], named[:at]  # 「除了电费水费，商品和服务支出还有多少」
    rest = [] if whole else [p for p in named[1:] if p.names != named[0].names]
    if whole is not None and all(p.names == whole.names for p in left_out):
        whole, left_out = None, [first]  # 「三公经费之外，本年还支出了多少」
    if not whole and rest and (reading.has("op.sum", "op.under", "op.rest") or contains(rest[0], named[0], reading)):
        whole, rest = rest[0], []
    if rest:
        return reading.plan("lookup", *(p.ref() for p in rest))
    if not reading.amount and reading.has("ask.why", "ask.which", "ask.yesno", "ask.list", "ask.what"):
        return None
    total = TOTAL_INCOME if _of_income(named[0], reading) else TOTAL_EXPENDITURE
    taken = tuple(_taken(p, whole, reading) for p in left_out)
    return reading.plan(
        "compute",
        call(
            "difference", whole.ref() if whole else Ref((total,)), taken[0] if len(taken) == 1 else call("sum", *taken)
        ),
    )


def _of_income(phrase: Phrase, reading: Reading) -> bool:
    """Whether an item stands on the income side: by what is said, else by where the report prints it."""
    found = resolve(phrase.ref(), reading.catalogue) if not phrase.side else None
    return phrase.side == "income" or (
        found is not None and not isinstance(found, Missing) and found.entry.side == "income"
    )


def _taken(part: Phrase, whole: Phrase | None, reading: Reading) -> Ref:
    """The figure of the part as it stands under the whole, where it stands there."""
    within = Ref((*whole.names, *part.names), "", part.side) if whole is not None else None
    held = within is not None and not isinstance(resolve(within, reading.catalogue), Missing)
    return within if within is not None and held else Ref(part.names, "", part.side)


def contains(whole: Phrase, part: Phrase, reading: Reading) -> bool:
    items = {item for name in whole.names for item in name.items}
    return any(not e.under.isdisjoint(items) for name in part.names for e in reading.catalogue.of(name.items))


def part_of_whole(reading: Reading) -> Plan | None:
    """「基本工资在工资福利支出里占多少」: one noun phrase holds part and whole."""
    if not reading.has("measure.share", "op.share") or len(reading.named) != 1:
        return None
    if reading.yesno and not reading.sketch.quantities and not reading.has("op.max", "op.gt", "op.ge"):
        return None  # 「给小微企业也预留了采购份额吧」 asks whether there is any
    phrase = reading.named[0]
    if len(phrase.names) < 2:
        return None
    if (row := _own_column(phrase, reading)) is not None:
        return reading.plan(
            "compute", call("share", replace(phrase, measure="").ref(), replace(phrase, measure="", names=(row,)).ref())
        )
    part, whole = nested(phrase.names, reading)
    if part is None:
        return None
    budget = "budget" if any(p.measure == "budget" for p in reading.phrases) else ""
    names = (part,) if _stands_alone(part, whole, reading) else (part, whole)
    return reading.plan("compute", call("share", Ref(names, budget, phrase.side), Ref((whole,), budget, phrase.side)))


def _stands_alone(part: Name, whole: Name, reading: Reading) -> bool:
    """Whether the part's own figure stands under the whole, not only its cell in the whole's column: 「项目支出里行政运行占多少」."""
    columns = set(whole.items)
    return any(
        not e.under.isdisjoint(columns) and e.facet not in columns for e in reading.catalogue.of(part.items, part.code)
    )


def _own_column(phrase: Phrase, reading: Reading) -> Name | None:
    """The row of 「行政运行的基本支出占比」, where the column named last is one of the row's own."""
    row, column = phrase.names[0], phrase.names[-1]
    tokens = [t for t in reading.sketch.tokens if t.text != "的"]
    closely = any(a.text == column.surface and b.has("measure", "share") for a, b in pairwise(tokens))
    own = reading.catalogue.of(row.items, row.code) if closely and len(phrase.names) == 2 else ()
    if row.items in {TOTAL_EXPENDITURE.items, TOTAL_INCOME.items}:
        return None  # 「全年支出里项目支出占百分之几」 is printed
    return row if any(e.facet and e.facet in column.items for e in own) else None


def nested(names: tuple[Name, ...], reading: Reading) -> tuple[Name | None, Name]:
    totals = {TOTAL_EXPENDITURE.items, TOTAL_INCOME.items}
    for part, whole in ((names[-1], names[0]), (names[0], names[-1])):
        if part.items in totals:
            continue  # 「项目支出在总支出里占多少」: nothing holds the total
        own = reading.catalogue.of(part.items, part.code)
        if any(not e.under.isdisjoint(whole.items) for e in own):
            return part, whole
    return None, names[0]
