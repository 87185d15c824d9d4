"""Fills what a question leaves out from the turn before: the item meant by 它, by 前者, by nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa.catalogue import Catalogue
from qa.plan import Name, Ref, refs
from qa.understand.columns import columns_of_before
from qa.understand.followup import Before
from qa.understand.leaning import (
    as_phrases,
    column_of,
    counted_in,
    ends_within,
    how_many,
    leans,
    of_a_share,
    other_side,
    placed_in,
    said,
    summed,
    turned,
)
from qa.understand.phrases import Phrase, Sketch

_OPENERS = frozenset({"than", "share", "minus", "plus", "divide"})
_PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}
_REST = ("剩下", "其余", "余下", "剩余", "另外")


def lend(sketch: Sketch, before: Before | None, catalogue: Catalogue) -> tuple[str, ...]:
    """Fills the phrases of ``sketch`` that lean on the turn before, in place; returns what was carried, in words."""
    if before is None or not before.subjects:
        return ()
    if turned(sketch, before) or (sketch.has("op.rest") and not sketch.named):
        return ()  # 「最小的三项呢」 after 最大的三项 is read from the plan before; 「其他的呢」 names nothing
    lending = _Lending(sketch, before, catalogue, columns_of_before(sketch, before, catalogue))
    if not lending.pointed():
        return ()
    lending.of_project()
    lending.narrowed()
    lending.opened()
    lending.continued()
    sketch.phrases[:] = lending.phrases
    return tuple(dict.fromkeys(c for c in lending.carried if c))


@dataclass(slots=True)
class _Lending:
    """One question being filled: its phrases so far, and what was carried into them."""

    sketch: Sketch
    before: Before
    catalogue: Catalogue
    phrases: list[Phrase]
    carried: list[str] = field(default_factory=list)

    def pointed(self) -> bool:
        """它, 这两个, 前者, 另一个 stand for items spoken of. False where two are pointed at and one was named."""
        given, self.phrases = self.phrases, []
        for phrase in given:
            earlier = any(p.names for p in self.phrases)
            if (
                phrase.refer in {"first", "second"}
                and not phrase.names
                and sum(bool(p.names) for p in self.phrases) > 1
            ):
                self.sketch.marks.append("op.difference")  # 「A 与 B 相比，前者多出多少」
                continue
            if phrase.refer == "it" and not phrase.names and earlier and phrase.before != "than":
                self.phrases.append(replace(phrase, refer=""))  # 它 is what this question has named
                continue
            chosen = self._chosen(phrase)
            if phrase.refer == "it" and not phrase.names and not earlier and self._whole_pointed_at():
                chosen = (
                    *chosen,
                    self.before.trail[-2],
                )  # 「里面最大的一项是？」, 「占它多大比例」: of the item asked before that
                self._carry(chosen)
                first, second = as_phrases(chosen, Phrase())
                self.phrases += [first, replace(second, before="share", measure="")]
                continue
            if phrase.refer == "it" and not phrase.names and summed(self.before):
                chosen = self.before.subjects  # 「那减去电费呢」 after a sum
                self.sketch.marks.append("op.sum")
            few = phrase.refer == "both" and not phrase.names and len(chosen) < how_many(self.sketch)
            if few and (whole := self._whole_of()) is not None:
                self.phrases.append(replace(phrase, names=whole.names, refer=""))  # 「三项里哪项最多」 of 三公
                self._carry((whole,))
                continue
            if phrase.refer == "both" and not phrase.names and len(chosen) < 2:
                return False  # 「两者差多少」 where one item was named
            if phrase.refer == "other" and chosen and self.catalogue.is_project(chosen[0].names):
                phrase = replace(phrase, names=())  # 「另一个绩效评价项目」
            if (
                phrase.refer == "both"
                and summed(self.before)
                and self.sketch.has("op.share", "measure.share", "op.than")
            ):
                self.sketch.marks.append("op.sum")  # 「这四样占公用经费多少」 after their sum
            if not phrase.refer or phrase.names or not chosen:
                self.phrases.append(phrase)
                continue
            self._carry(chosen)
            if len(chosen) > 1 and not phrase.measure and self.sketch.has("op.max", "op.min", "op.rank"):
                phrase = replace(phrase, measure=self._measure_spoken())
            self.phrases += as_phrases(chosen, phrase)
            if phrase.before == "than" and len(self.phrases) == 2 and not self.phrases[0].names and not phrase.measure:
                # 「决算比它少多少」: 它 is the figure spoken of, in its measure.
                measure = next((ref.measure for e in self.before.plan.exprs for ref in refs(e)), "")
                first, second = self.phrases
                self.phrases = [replace(first, names=second.names), replace(second, measure=measure)]
        return True

    def _whole_of(self) -> Ref | None:
        """The item spoken of, where it has as many parts as are pointed at."""
        many = how_many(self.sketch)
        for ref in reversed(self.before.trail):
            parts = self.catalogue.children(tuple(i for n in ref.names for i in n.items))
            if many > 2 and len({e.fact.item for e in parts if e.fact.source == "cell"}) == many:
                return Ref(ref.names)
        return None

    def _whole_pointed_at(self) -> bool:
        """Whether 它 is the whole that the item spoken of last is a part of: 占它多少."""
        at = next((i for i, t in enumerate(self.sketch.tokens) if t.has("refer", "it")), 0)
        shared = at > 0 and self.sketch.tokens[at - 1].text.startswith("占")
        if not shared or len(self.before.trail) < 2 or len(self.before.subjects) != 1:
            return False
        part, whole = self.before.subjects[0], self.before.trail[-2]
        items = {item for name in whole.names for item in name.items}
        own = [e for name in part.names for e in self.catalogue.of(name.items, name.code)]
        return any(not e.under.isdisjoint(items) for e in own)

    def _measure_spoken(self) -> str:
        """The measure that the turn before asked for, where it is not the amount itself: 「三项里最低的」 after their 完成率."""
        measures = {ref.measure for e in self.before.plan.exprs for ref in refs(e)}
        only = next(iter(measures)) if len(measures) == 1 else ""
        return only if only in {"completion", "share", "change", "change_rate", "budget"} else ""

    def of_project(self) -> None:
        """「得分呢」 after one project: what every project has is asked of that one."""
        names = tuple(n for n in self.before.subjects[0].names if self.catalogue.is_project((n,)))
        spoken = Ref(names)
        if self.sketch.has("ask.which", "op.max", "op.min"):
            return
        if len(self.before.subjects) != 1 or not self.catalogue.is_project(spoken.names):
            return
        for at, phrase in enumerate(self.phrases):
            items = tuple(i for n in phrase.names for i in n.items)
            if phrase.names and not self.catalogue.is_project(phrase.names) and self.catalogue.is_field(items):
                self.phrases[at] = replace(phrase, names=(*spoken.names, *phrase.names))
                self._carry((spoken,))

    def narrowed(self) -> None:
        """「基本支出里的」 narrows the item spoken of; after 「初中教育的项目支出」, 「那基本支出呢」 is its basic expenditure."""
        named = [p for p in self.phrases if p.names]
        spoken = self.before.subjects[0]
        if len(named) == 1 and len(spoken.names) > 1 and column_of(spoken, named[0], self.catalogue):
            beside = replace(named[0], names=(*spoken.names[:-1], *named[0].names))
            apart = self.sketch.has("op.more", "op.less", "op.difference") and not self.sketch.has("op.than")
            first = [replace(as_phrases((spoken,), Phrase())[0], before="")] if apart else []
            if apart:
                beside = replace(beside, before="and")
                self.sketch.marks.append("op.difference")
            self.phrases = [
                *first,
                beside,
                *(p for p in self.phrases if p is not named[0] and not p.names and not p.empty),
            ]
            self._carry((spoken,))
            return
        if len(named) == 1 and ends_within(self.sketch):
            scoped = [replace(named[0], names=(*named[0].names, *ref.names)) for ref in self.before.subjects[:1]]
            self._carry(self.before.subjects[:1])
            self.phrases = [p for p in self.phrases if p is not named[0]] + scoped

    def opened(self) -> None:
        """A question that begins with an operation takes its first operand from before: 「再加上电费呢」, 「跟印刷费比谁高」."""
        if not self.phrases:
            return
        first = self.phrases[0]
        summing = self.sketch.has("op.sum") and first.before == "is"  # 「加起来等于基本支出吗」
        within = self.sketch.has("measure.share", "op.share") and placed_in(first, self.sketch) and not self.carried
        together = len(self.phrases) == 1 and (
            self.sketch.has("op.sum", "op.difference")
            or (self.sketch.has("op.than") and self.sketch.has("ask.which", "op.more", "op.less"))
        )
        openers = _OPENERS | {"and"} if together else _OPENERS
        if within and len([p for p in self.phrases if p.names]) == 1:
            self.phrases[0] = first = replace(first, before="share", measure="")
        if not (summing or within) and (
            first.before not in openers or any(p.names for p in self.phrases if p.before not in openers)
        ):
            return
        several = summed(self.before) or (summing and len(self.before.subjects) > 1)
        subjects = self.before.subjects if several else self.before.subjects[:1]
        if several:
            self.sketch.marks.append("op.sum")
        self.phrases = [*as_phrases(subjects, Phrase()), *self.phrases]
        self._carry(subjects)

    def continued(self) -> None:
        """A question without names that can only be about the items before."""
        before, sketch = self.before, self.sketch
        left = [t for t in sketch.tokens if t.has("bare")]
        if left and all(t.has("op", "under") and "年" not in t.text for t in left) and not sketch.named:
            sketch.bare.clear()  # 「结余了多少没花」 of the item spoken of
        if (
            left
            and all(t.has("count") for t in left)
            and not sketch.named
            and counted_in(self.before, left[0].values("count")[0], self.catalogue)
        ):
            sketch.bare.clear()  # 「去了几趟团、总共几个人次」: those of the item spoken of
        sided = any(ref.side for ref in before.subjects) and any(p.side for p in self.phrases)
        sided = sided or other_side(sketch, before)
        if not any(p.names for p in self.phrases) and (sided or leans(sketch)):
            first_only = before.plan.kind == "rank" or of_a_share(before)
            subjects = (
                self._both_ends() or self._of_the_run() or (before.subjects[:1] if first_only else before.subjects)
            )
            first = next((p for p in self.phrases if not p.empty), Phrase())
            rest = [p for p in self.phrases if p is not first and not p.empty]
            self.phrases = as_phrases(subjects, first) + rest
            self._carry(subjects)
            self._opposed(first)
        changed = any(ref.measure in {"change", "change_rate"} for expr in before.plan.exprs for ref in refs(expr))
        if self.carried and changed:
            # 「百分比」 after a change asks for the rate of that change.
            self.phrases = [replace(p, measure="change_rate") if p.measure == "share" else p for p in self.phrases]

    def _both_ends(self) -> tuple[Ref, ...]:
        """「哪个最多」, 「最少呢」, 「差多少」: the two items found, one from each end of the same group."""
        plan, ends = self.before.plan, self.before.trail[-2:]
        again = plan.kind == "rank" and "上一问" in plan.carried and plan.limit == 1
        apart = self.sketch.has("op.difference", "measure.variance") and not self.sketch.has("measure.budget")
        if not (again and apart and len(ends) == 2):
            return ()
        self.sketch.marks.append("op.difference")
        return ends

    def _of_the_run(self) -> tuple[Ref, ...]:
        """「水费多少」, 「电费呢」, 「合计多少」: all that was asked for in a row."""
        run = self.before.trail[-self.before.run - 1 :]
        chosen = self.sketch.has("ask.which") and self.sketch.has("op.more", "op.less", "op.max", "op.min")
        wanted = self.sketch.has("op.sum") or chosen  # 「工会经费多少」, 「福利费」, 「哪个多，差多少」
        if not self.before.run or len(run) < 2 or not wanted or self.before.plan.kind != "lookup":
            return ()
        return run

    def _opposed(self, asked: Phrase) -> None:
        """「支出呢，差多少」 after the income of an item: the one against the other. 「多出多少」 of two compared: their difference."""
        spoken = self.before.subjects[0]
        apart = self.sketch.has("op.difference", "measure.variance", "measure.change")
        if asked.side and spoken.side and asked.side != spoken.side and apart:
            self.phrases = [
                replace(self.phrases[0], side=spoken.side, measure=""),
                replace(self.phrases[0], before="and", measure=""),
            ]
            self.sketch.marks.append("op.difference")
        elif len(self.before.subjects) == 2 and self.before.plan.kind in {"compare", "rank"} and apart:
            self.phrases = [replace(p, measure="") if p.measure == "change" else p for p in self.phrases]
            self.sketch.marks.append("op.difference")

    def _carry(self, chosen: tuple[Ref, ...]) -> None:
        self.carried += [said(ref) for ref in chosen]

    def _chosen(self, phrase: Phrase) -> tuple[Ref, ...]:
        subjects, many = self.before.subjects, how_many(self.sketch)
        place = _PLACES.get(phrase.refer)
        if place is not None:
            among = subjects if len(subjects) > 1 else self.before.trail[-2:]  # 前者, 后者 of two turns
            return (among[place],) if -len(among) <= place < len(among) else ()
        if phrase.refer == "both" and any(t.text.startswith(_REST) for t in self.sketch.tokens):
            return tuple(ref for ref in self.before.trail if ref not in subjects)[-many:]
        if phrase.refer == "both":
            return subjects if len(subjects) > 1 and len(subjects) >= many else self.before.trail[-many:]
        if phrase.refer == "other":
            return self._other(subjects)
        return subjects[:1]

    def _other(self, subjects: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """The other of two projects, or of the two items spoken of."""
        projects = self.catalogue.projects()
        spoken = {item for ref in subjects for name in ref.names for item in name.items}
        rest = [p for p in projects if p not in spoken]
        if spoken & set(projects) and len(rest) == 1:
            asked = next((ref for e in self.before.plan.exprs for ref in refs(e)), Ref())
            fields = tuple(n for n in asked.names if not self.catalogue.is_project((n,)))
            return (Ref((Name(rest[0], (rest[0],)), *fields), asked.measure),)
        first = next((i for ref in self.before.trail for n in ref.names for i in n.items if i in projects), "")
        if not rest and len(projects) == 2 and first:
            other = next(p for p in projects if p != first)
            return (Ref((Name(other, (other,)),)),)
        earlier = [ref for ref in self.before.trail if ref not in subjects]
        return tuple(earlier[-1:])
