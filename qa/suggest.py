"""Questions to offer: each is one that this report answers."""

from __future__ import annotations

from qa.catalogue import Catalogue, Entry

_ASKED = {
    "final": "{name}是多少？", "budget": "{name}的年初预算是多少？", "completion": "{name}的预算完成率是多少？",
    "share": "{name}占比多少？", "change": "{name}比上年增减多少？", "change_rate": "{name}比上年增减百分之几？",
    "count": "{name}有多少？", "score": "{name}的{item}是多少？",
}  # fmt: skip
_STARTING = (
    ("本年支出合计", "final"), ("“三公”经费", "final"), ("公务接待费", "final"), ("公务用车购置及运行费", "final"),
    ("机关运行经费", "final"), ("基本支出", "final"),
)  # fmt: skip


def question_for(entry: Entry) -> str:
    """A question that asks for this figure."""
    fact = entry.fact
    name = fact.item
    if fact.table_kind == "performance" and fact.parents:
        return f"{fact.parents[0].replace(' ', '')}的{fact.item}是多少？"
    if fact.facet not in {"", "合计"} and fact.level != 0:
        name = f"{fact.item}的{fact.facet}"
    elif fact.facet not in {"", "合计"}:
        name = fact.facet
    return _ASKED.get(fact.measure, "{name}是多少？").format(name=name.replace(" ", ""), item=fact.item)


def starters(catalogue: Catalogue) -> tuple[str, ...]:
    """Questions to begin with, from what every report of the template holds and this one does."""
    found: list[str] = []
    for name, of_finals in _STARTING:
        measure = "budget" if of_finals == "final" and catalogue.info.document == "预算" else of_finals
        entry = next(
            (
                e
                for e in catalogue.of((name, catalogue.names.canonical(name)))
                if e.fact.measure == measure and e.fact.state == "number"
            ),
            None,
        )
        if entry is not None:
            found.append(question_for(entry))
    return tuple(found)


def after(entry: Entry, catalogue: Catalogue) -> tuple[str, ...]:
    """Questions that lead on from a figure: its budget, its change, its completion."""
    own = next(iter(sorted(entry.own)))
    fact = entry.fact
    found = []
    for measure in ("final", "budget", "completion", "change", "share"):
        if measure != fact.measure:
            other = next(
                (
                    e
                    for e in catalogue.of((own,))
                    if e.fact.measure == measure and not e.facet and e.fact.state == "number"
                ),
                None,
            )
            if other is not None:
                found.append(question_for(other))
    return tuple(dict.fromkeys(found))[:3]
