"""Asks the assistant what each figure of a passage claims, and keeps the thread: item, year, whole, what is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from qa.answer import Answer
from qa.plan import Ref, refs
from qa.shelf import Shelf
from qa.understand.dropped import FIGURE_KINDS
from qa.understand.normalise import normalise
from qa.understand.numbers import chinese_to_int
from qa.understand.reading import Understanding
from qa.understand.reading_limits import LONGEST
from qa.verification.outcome import Checked
from qa.verification.questions import RATED, SOURCE, Draft, segment_to_draft
from qa.verification.segments import Segment, text_to_segments
from qa.verification.spotting import folded
from qa.verification.thread import PART, Thread, Whose
from qa.verification.verdicts import judged, said_all, undecided, unheld

Ask = Callable[[str], Answer]

_BARE = re.compile(
    r"(?:全年|年初|当年|本年|实际)*(?:支出|收入|开支|花费|花|投入|经费|资金)?(?:年初)?(?:决算|预算|实际)?(?:数|额|金额)?(?:支出|执行)?(?:分别)?"
)
_OPENS = re.compile("[仅只也就大共约]*(?:占|比(?![重例])|较|高于|低于|超|相当于|是|为|完成)")
_RESTRICTS = ("outside", "period", "part", "item", "measure", "op", "table", "side", "bare", "year", "code", "count")
_OFFICE = re.compile("[\u4e00-\u9fff]{1,6}(?:处|科|室|局|委|厅|队|所|院|中心|分公司)$")
_BELOW = re.compile("下属|所属|直属|二级预算")
_TOGETHER = re.compile(
    r"(?:以上|上述|这)?(?P<many>[两二三四五六七八九])(?:项|者|类|笔|部分)(?:费用|支出|经费|资金|开支)?(?:合计|共计|总计|总共|相加|加起来|之和|共)"
)
_SIDE = re.compile("(?:支出|收入)(?!总)")
_PUBLISHED = re.compile("(?:公布|公开|发布|披露|晒出).*(?:决算|报告|账)")
_MOST_CLAUSES = 8
_LEFT = re.compile("(?:结余|节余|剩余|余下)")
_ACTUAL = re.compile("决算|支出|完成|实际|占|率|比")
_OF_WHOLE = re.compile("总|合计|全年|本年|年度|[0-9]年|办|部门|单位")
_WHOLE = re.compile("(?:费用|经费|资金|以上|各项|几项)?(?:合计|共计|总计|总共|加起来|相加|之和|总额|总数)")
_MOST = re.compile(r"(?<=[比重例])最(?:高|大|多|低|少|小)$")
_AMBIGUOUS = "「{}」是哪一年要看文章写于何时，无法判断"


def verify_text(text: str, ask: Ask, understanding: Understanding, shelf: Shelf) -> tuple[Checked, ...]:
    """Each figure of ``text`` with its verdict, in order; empty where there is none.

    ``ask`` answers one question about the report of ``shelf``, ``understanding`` reads it. Asks each question once.
    """
    segments = text_to_segments(folded(text))
    about = Whose(understanding.lexicon)
    passage = _Passage(ask, understanding, shelf, about, Thread(shelf.catalogue.info.year))
    return tuple(
        replace(checked, figure=text[segment.figure.start : segment.figure.end])
        for segment, following in zip_longest(segments, segments[1:])
        for checked in [passage.checked(segment, following)]
    )


@dataclass(slots=True)
class _Passage:
    ask: Ask
    understanding: Understanding
    shelf: Shelf
    about: Whose
    thread: Thread

    def checked(self, segment: Segment, following: Segment | None) -> Checked:
        """The verdict on one figure; moves the thread on."""
        thread = self.thread
        if len(segment.head) > LONGEST:
            return undecided(segment, "这个数字前面的话太长，没有读")
        thread.enter(segment, self.about)
        if following is not None and following.sentence != segment.sentence:
            following = None
        if f"{thread.year - 1}年" in segment.head:
            thread.basis = "上年"
        draft = segment_to_draft(segment, following, thread.pending, thread.basis, thread.rate)
        if draft.within:
            thread.under, thread.budgeted = thread.item, thread.measure == "budget"
        thread.pending, thread.basis, thread.rate = draft.pending, draft.basis, draft.rate or thread.rate
        question, answer, named = self._asked(draft)
        outcome = self._outcome(segment, draft, question, answer)
        if outcome.verdict == "mismatch":
            outcome = self._second(segment, draft, outcome, named)
        self._move_on(draft, answer, named, segment)
        return outcome

    def _second(self, segment: Segment, draft: Draft, outcome: Checked, named: bool) -> Checked:
        """A mismatch is only said where no other reading of the words is as likely; where one agrees, that is meant."""
        thread = self.thread
        for head in self._others(draft):
            answer = self._answer(thread.dated(f"{head}{draft.asks}", draft))
            other = self._outcome(segment, draft, head, answer) if answer.status == "answered" else outcome
            return other if other.verdict in {"match", "rounded"} else undecided(segment, "这句话有两种读法，都对不上")
        if _WHOLE.fullmatch(draft.head) or (_LEFT.fullmatch(draft.head) and thread.recent) or draft.loose:
            return undecided(segment, "没有说清是与什么相比、或是哪几项的")
        if not (named or thread.item or _OF_WHOLE.search(draft.head)):
            return undecided(segment, "没有说是哪一项")
        return outcome

    def _others(self, draft: Draft) -> Iterable[str]:
        """Other readings: a share of the whole named before 其中; the budget, where the whole was a budget."""
        if self.thread.under and re.fullmatch("占比?|比重", draft.head):
            yield f"{self.thread.item}占{self.thread.under}的"
        elif self.thread.under and self.thread.budgeted and not _ACTUAL.search(draft.head):
            yield f"{draft.head}预算"

    def _asked(self, draft: Draft) -> tuple[str, Answer, bool]:
        """The question, its answer, and whether the words named their own item."""
        last: tuple[str, Answer, bool] | None = None
        for head in self._heads(_MOST.sub("", self._summed(draft.head))):
            named = self._names_item(head + draft.asks)
            many = _WHOLE.match(head) and len(self.thread.recent) != 1
            item = "" if named or many else self.thread.item
            if _SIDE.match(head):
                item = item.removesuffix("收入").removesuffix("支出") or item
            group = draft.group if len(self.thread.recent) >= draft.group > 1 and not named else 0
            if group:
                item = "和".join(self.thread.recent[-group:])
            head = head if named or group else head.replace("分别", "")
            question = self.thread.dated(f"{item}{head}{draft.asks}", draft)
            answer = self._answer(question)
            if last is None or answer.status == "answered":
                last = question, answer, named
            if answer.status == "answered" or answer.plan is None or answer.plan.restrictions:
                break
        assert last is not None
        if sum(f.role == "answer" for f in last[1].figures) > 1 and not draft.every and draft.alone:
            tail = re.split("[，,：:]", draft.head)[-1]  # 「工程为零，服务」: what is named last
            if self._names_item(tail + draft.asks):
                question = self.thread.dated(tail + draft.asks, draft)
                last = question, self._answer(question), True
        return self._narrowed(draft, *last)

    def _elsewhere(self, head: str) -> str:
        """The other office whose figures a source clause speaks of (「据市财政局公布的决算，」); "" where there is none."""
        clause = SOURCE.match(head.strip("，,。；; \n"))
        return self.about.other(head) if clause and self.about.other(clause.group()) else ""

    def _summed(self, head: str) -> str:
        """「三项合计」: the last three items of the sentence, named."""
        if _WHOLE.fullmatch(head) and len(self.thread.recent) > 1:
            return "、".join(self.thread.recent) + "合计"
        match = _TOGETHER.fullmatch(head)
        many = chinese_to_int(match["many"]) or 0 if match else 0
        return "、".join(self.thread.recent[-many:]) + "合计" if 0 < many <= len(self.thread.recent) else head

    def _narrowed(self, draft: Draft, question: str, answer: Answer, named: bool) -> tuple[str, Answer, bool]:
        """Where a name has several figures and the sentence says of what it is a part, the one within that."""
        under = self.thread.under
        if under and named and any(f.role == "context" and not f.computed for f in answer.figures):
            inner = self._answer(self.thread.dated(f"{under}中{draft.head}{draft.asks}", draft))
            fits = inner.kind == answer.kind == "lookup" and not any("没有单列" in note for note in inner.notes)
            plain, narrow = ([f.value for f in a.figures if f.role == "answer"] for a in (answer, inner))
            if inner.status == "answered" and fits:
                alone = tuple(f for f in answer.figures if f.role == "answer")  # the other 口径 is not meant
                return question, replace(answer, figures=alone) if plain == narrow else inner, named
        return question, answer, named

    def _heads(self, head: str) -> Iterable[str]:
        """The words as they stand, then without leading clauses that restrict nothing."""
        yield head
        clauses = re.split("[，,：:]", head)
        for at in range(1, min(len(clauses), _MOST_CLAUSES)):
            if not all(self._idle(clause) for clause in clauses[:at]):
                return
            yield "，".join(clauses[at:])

    def _idle(self, clause: str) -> bool:
        """Whether a clause can go: it names no item, period, office or measure."""
        text = normalise(clause)
        tokens = self.understanding.lexicon.split(text)
        published = _PUBLISHED.search(text) is not None
        year = str(self.shelf.catalogue.info.year)
        kinds = _RESTRICTS if not published else tuple(k for k in _RESTRICTS if k not in {"measure", "table", "op"})
        if any(t.has(kind) and not t.text.startswith(year) for t in tokens for kind in kinds):
            return False
        if published and self.about.own(text):
            return True
        return not (text.startswith("在") or self.about.other(text) or _OFFICE.search(text))

    def _names_item(self, question: str) -> bool:
        head = PART.sub("", re.sub("(?:多少|百分之几|几个).*$", "", question))
        if _BARE.fullmatch(normalise(head)) or _OPENS.match(head):
            return False
        plan = self.understanding.read(question)
        text = normalise(head)
        catalogue = self.shelf.catalogue
        every = {name for e in plan.exprs for ref in refs(e) for name in ref.names}
        names = {name.surface for name in every if not catalogue.is_field(name.items)}  # 得分 is said of some project
        mended = any(word.startswith("≈") for word in plan.words)
        said = {name for name in names if (name in text or mended) and not _BARE.fullmatch(name)}
        return bool(said) or bool(plan.unknown and not plan.exprs)

    def _answer(self, question: str) -> Answer:
        if question not in self.thread.answers:
            self.thread.answers[question] = self.ask(question)
        return self.thread.answers[question]

    def _outcome(self, segment: Segment, draft: Draft, question: str, answer: Answer) -> Checked:
        thread = self.thread
        if draft.denied:
            return undecided(segment, "说的是不是这个数、预计或单价，不能作为决算数核对")
        if source := self._elsewhere(segment.head):
            thread.foreign = source
            return undecided(segment, f"前文说的是「{source}」，是不是本报告的部门无法判断")
        if thread.floating:
            return undecided(segment, _AMBIGUOUS.format(thread.floating))
        if answer.status == "answered" and thread.foreign:
            reason = f"前文说的是「{thread.foreign}」，本报告不含它的数"
            same = thread.foreign_sentence == segment.sentence
            return unheld(segment, reason) if same else undecided(segment, reason)
        if answer.plan is None or answer.plan.kind not in FIGURE_KINDS:
            return undecided(segment, f"没有读懂它说的是哪一项（{question}）")
        if answer.status == "answered" and (verb := self._unheard(question, answer)):
            return undecided(segment, f"「{verb}」在报告的这个数字里没有对应")
        if answer.status == "answered":
            return self._compared(segment, draft, answer)
        if answer.status == "clarify":
            return undecided(segment, answer.text)
        if draft.figure.unit in {"%", "倍"} and not RATED.search(draft.head):
            return undecided(segment, "没有说是什么的百分之几或几倍")
        counted = any(ref.measure == "count" for e in answer.plan.exprs for ref in refs(e))
        if counted and draft.figure.unit == "元":
            return undecided(segment, answer.text)
        real = [r for r in answer.plan.restrictions if "没有理解" not in r.reason]
        office = bool(self.about.other(draft.head)) or any(
            _OFFICE.search(word) or _BELOW.search(word) for word in answer.plan.unknown
        )
        if real or office or not (answer.plan.unknown or answer.plan.restrictions):
            return unheld(segment, answer.text)
        return undecided(segment, answer.text)

    def _unheard(self, question: str, answer: Answer) -> str:
        """A verb that a question lets pass (报废, 出租) but that the place of the figure does not hold; "" where none."""
        held = normalise("".join(f"{c.quote}{c.table or ''}" for c in answer.citations) + answer.text)
        tokens = self.understanding.lexicon.split(normalise(question))
        loose = (t.text for t in tokens if t.senses and all(s.kind == "act" for s in t.senses))
        return next((word for word in loose if len(word) > 1 and word not in held), "")

    def _compared(self, segment: Segment, draft: Draft, answer: Answer) -> Checked:
        if draft.level:
            answer_change = self._answer(f"{self._item_of(answer) or self.thread.item}比上年增减多少万元")
            return judged(segment, draft, answer, self.shelf, answer_change)
        asserted = [f for f in answer.figures if f.role == "answer"]
        if len(asserted) > 1 and (draft.every or segment.group == 1):
            return said_all(segment, draft, answer, asserted, self.shelf)
        if segment.group > 1 and len(asserted) == 1 and (segment.place == 0 or segment.figure.bound):
            return judged(segment, draft, answer, self.shelf)  # 「约 25 万元，不到 30 万元」
        if segment.group > 1:
            if len(asserted) != segment.group:
                return undecided(segment, "前文并列的项目与这里并列的数字对不上")
            chosen = asserted[segment.place]
            rest = tuple(f for f in answer.figures if f is not chosen)
            return judged(
                segment, draft, replace(answer, figures=(chosen, *(f for f in rest if f.role == "context"))), self.shelf
            )
        return judged(segment, draft, answer, self.shelf)

    def _item_of(self, answer: Answer, place: int = 0) -> str:
        if answer.plan is None or not answer.plan.exprs:
            return ""
        leaves = refs(answer.plan.exprs[min(place, len(answer.plan.exprs) - 1)])
        if not leaves:
            return ""
        catalogue = self.shelf.catalogue
        own = tuple(n for n in leaves[0].names if not catalogue.is_field(n.items))  # not the 预算金额 of a project
        return _said(replace(leaves[0], names=own or leaves[0].names))

    def _move_on(self, draft: Draft, answer: Answer, named: bool, segment: Segment) -> None:
        thread = self.thread
        if answer.plan is None:
            return
        if draft.subject and self._names_item(f"{draft.subject}多少万元"):
            thread.item = draft.subject
        elif draft.aside:
            return
        elif named and not draft.pending.startswith("占") and (item := self._item_of(answer, segment.place)):
            thread.item = item
            first = answer.plan.exprs[0]
            thread.measure = first.measure if isinstance(first, Ref) else ""
            if item not in thread.recent:
                thread.recent.append(item)
        elif named and not answer.plan.exprs:
            thread.item = ""  # of something nobody knows; what comes after is not said of the item before it
        elsewhere = [r.surface for r in answer.plan.restrictions if "部门" in r.reason or "地区" in r.reason]
        elsewhere += [word for word in answer.plan.unknown if _OFFICE.search(word)]
        if elsewhere:
            thread.foreign, thread.foreign_sentence = elsewhere[0], segment.sentence


def _said(ref: Ref) -> str:
    """The names of a reference as words that can open a question."""
    words = "里的".join(name.surface for name in ref.names)
    side = {"income": "收入", "expenditure": "支出", "": ""}[ref.side]
    return words if not side or side in words else words + side
