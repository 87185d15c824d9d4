"""The answer to what a figure claims -> its verdict, with the printed figure and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.amounts import MONEY, written_with_unit
from qa.answer import Answer, Citation, Figure
from qa.catalogue import Entry, scope_of
from qa.plan import Call, Expr, Ref
from qa.shelf import Shelf
from qa.understand.dropped import FIGURE_KINDS
from qa.verification.judging import in_unit_of, judge
from qa.verification.outcome import Checked
from qa.verification.questions import Draft
from qa.verification.segments import Segment
from qa.verification.spotting import Spotted
from qa.wording import label_of

_HALF = Decimal("0.005")
_SIGNED = frozenset({"change", "change_rate", "budget_change"})
_WANTED = (
    (re.compile("完成|执行率"), frozenset({"completion", "rate", "average", "mean"})),
    (re.compile("占(?!地)"), frozenset({"share"})),
)


def undecided(segment: Segment, why: str) -> Checked:
    """Nothing can be said of the figure."""
    return Checked(segment.text, why, "undecided")


def unheld(segment: Segment, why: str) -> Checked:
    """The report does not hold what the figure is said of."""
    return Checked(segment.text, why, "not_in_report")


def said_all(segment: Segment, draft: Draft, answer: Answer, asserted: Sequence[Figure], shelf: Shelf) -> Checked:
    """One figure said of several items (均为, 各增加): right where it is right of all, wrong where it is wrong of one."""
    each = [judged(segment, draft, replace(answer, figures=(figure,)), shelf) for figure in asserted]
    verdicts = {one.verdict for one in each}
    if len(verdicts) == 1 and (draft.every or "mismatch" not in verdicts):
        return replace(each[0], claim="；".join(dict.fromkeys(one.claim for one in each)))
    if verdicts <= {"match", "rounded"}:
        return next(one for one in each if one.verdict == "rounded")
    if draft.every and "undecided" not in verdicts:
        return next(one for one in each if one.verdict == "mismatch")
    return undecided(segment, "这句话里有几项，这个数字说的是哪一项无法判断")


def judged(segment: Segment, draft: Draft, answer: Answer, shelf: Shelf, change: Answer | None = None) -> Checked:
    """The asserted figure of ``answer`` against the claimed one. ``change``: the printed change, where a level is told
    with its direction (降至 …)."""
    figure = next((f for f in answer.figures if f.role == "answer"), None)
    plan = answer.plan
    if figure is None or plan is None or plan.kind not in FIGURE_KINDS - {"rank", "filter", "list", "yesno"}:
        return undecided(segment, "没有读懂它说的是哪一项")
    if any(word.startswith("≈") for word in plan.words) or any(n.startswith("报告没有单列") for n in answer.notes):
        return undecided(segment, f"只能近似地读作「{figure.label}」")
    if figure.value is None:
        where = answer.citations[figure.citations[0]]
        text = f"{figure.label}：报告列有这一项，但这一格是空白"
        return Checked(segment.text, text, "not_in_report", "（空白）", where, figure, (where,))
    if doubt := _doubt(draft, plan.exprs, figure):
        return undecided(segment, doubt)
    outcome = _outcome(draft, figure, answer, segment, shelf)
    if outcome.verdict in {"match", "rounded"} and draft.level:
        return _levelled(outcome, draft, change)
    return outcome


def _doubt(draft: Draft, exprs: tuple[Expr, ...], figure: Figure) -> str:
    """Why the reading may not be what the words claim, "" where it is."""
    measure = _measure(exprs)
    if draft.changed and measure not in _SIGNED | {"difference", "excess"} and not figure.label.endswith(("多", "少")):
        return f"说的是增减，读到的却是「{figure.label}」"
    if not draft.changed and measure in _SIGNED and draft.figure.value >= 0:
        return f"没有说是增加还是减少（{figure.label}）"
    last = re.split("[，,]", draft.head)[-1]
    for words, wanted in _WANTED:
        if words.search(last) and draft.figure.unit in {"%", "倍"} and measure not in wanted:
            return f"读到的是「{figure.label}」，与所说的不是一回事"
    if draft.figure.unit == "%" and measure == "share" and not re.search("占|比|份|[是为].*的$", draft.head):
        return f"没有说是什么的百分之几（{figure.label}）"
    if draft.figure.unit == "个百分点" and measure != "difference":
        return f"报告的「{figure.label}」是百分比，不是百分点"
    return ""


def _measure(exprs: tuple[Expr, ...]) -> str:
    first = exprs[0] if exprs else Ref()
    if isinstance(first, Call):
        return "change_rate" if first.op == "growth" else first.op
    return first.measure


def _outcome(draft: Draft, figure: Figure, answer: Answer, segment: Segment, shelf: Shelf) -> Checked:
    claim, signed = draft.figure, _measure(answer.plan.exprs if answer.plan else ()) in _SIGNED
    value = in_unit_of(claim, figure)
    where = tuple(answer.citations[i] for i in figure.citations)
    base = Checked(
        segment.text, figure.label, "mismatch", printed_of(figure, signed), where[0] if where else None, figure, where
    )
    if value is None:
        return undecided(segment, f"「{figure.label}」的单位是{figure.unit}，不能与这个数字比较")
    moved = _moved(figure, answer, signed)
    if draft.changed and moved and value != 0 and claim.value >= 0:
        if moved != draft.direction:
            word = "增加" if moved == "up" else "减少"
            said = f"{figure.label}：报告的方向是{word}" if signed else figure.label
            return replace(base, claim=said)
        value = abs(value)
    verdict = judge(claim, value, _slack(claim, figure))
    if verdict != "mismatch":
        return replace(base, verdict=verdict)
    if other := _other_scope(draft, answer, figure, segment, shelf):
        return other
    beside = [f for f in answer.figures if f.role == "context" and answer.kind == "lookup" and f.unit not in MONEY]
    if any(in_unit_of(claim, other) == claim.value for other in beside):
        return undecided(segment, f"报告有几个这样的数字，读到的是「{figure.label}」，不一定是这里所说的那个")
    return replace(base, claim=_explained(draft, figure, answer, shelf))


def _slack(claim: Spotted, figure: Figure) -> Decimal:
    """Half a unit of the last place of a quotient that is shown rounded, in the unit of the claim; else 0."""
    shown_rounded = figure.derivation is not None and any("≈" in step for step in figure.derivation.steps)
    half = in_unit_of(claim, replace(figure, value=_HALF)) if shown_rounded else None
    return half or Decimal(0)


def printed_of(figure: Figure, signed: bool) -> str:
    """The report's figure as a person reads it; a change with its direction, a computed one said to be so."""
    if figure.value is None:
        return "（空白）"
    word = "" if not signed or not figure.value else "增加 " if figure.value > 0 else "减少 "
    value = abs(figure.value) if word else figure.value
    return f"{word}{written_with_unit(value, figure.unit)}{'（按报告数字计算）' if figure.computed else ''}"


def _moved(figure: Figure, answer: Answer, signed: bool) -> str:
    """Which way the report's figure goes: by its sign, or for a difference by which of the two is larger."""
    if figure.value is None:
        return ""
    if signed:
        return "up" if figure.value > 0 else "down" if figure.value < 0 else ""
    operands = [f for f in answer.figures if f.role == "context" and f.value is not None]
    if figure.computed and len(operands) == 2 and operands[0].unit == operands[1].unit:
        first, second = (f.value or Decimal(0) for f in operands)
        return "up" if first > second else "down" if first < second else ""
    return ""


def _other_scope(draft: Draft, answer: Answer, figure: Figure, segment: Segment, shelf: Shelf) -> Checked | None:
    """The same name in another 口径, shown beside: what the claim may mean where its words do not say which."""
    if figure.computed or answer.kind != "lookup" or figure.unit not in MONEY:
        return None
    for other in answer.figures:
        if other.role != "context" or other.computed or (value := in_unit_of(draft.figure, other)) is None:
            continue
        verdict = judge(draft.figure, value)
        if verdict != "match" or draft.figure.bound:
            continue
        where = tuple(answer.citations[i] for i in other.citations)
        entry = _entry_of(where[0], shelf)
        scope = f"（{scope_of(entry.fact).name}）" if entry else ""
        ref = answer.plan.exprs[0] if answer.plan and answer.plan.exprs else None
        if isinstance(ref, Ref) and len(ref.names) > 1:
            return None  # the words say of what it is a part
        text = f"{other.label}{scope}；另一口径为 {printed_of(figure, False)}"
        return Checked(segment.text, text, "match", printed_of(other, False), where[0], other, where)
    return None


def _entry_of(citation: Citation, shelf: Shelf) -> Entry | None:
    return next((e for e in shelf.catalogue.entries if e.fact.id == citation.fact), None)


def _explained(draft: Draft, figure: Figure, answer: Answer, shelf: Shelf) -> str:
    """What a wrong number is instead: another item's figure, or what the report's own figures would give."""
    claim, text = draft.figure, figure.label
    for note in answer.notes:
        if (
            note.startswith("四舍五入尾差")
            and format(claim.value / (MONEY["万元"] if claim.unit == "元" else 1), "f") in note
        ):
            return f"{text}；{note}"
    for entry in shelf.catalogue.entries:
        fact = entry.fact
        if fact.value is None or not fact.value or claim.unit not in {"元", "%"}:
            continue
        same = fact.value * MONEY[fact.unit] == claim.value if claim.unit == "元" and fact.unit in MONEY else False
        same = same or (claim.unit == "%" and fact.unit == "%" and abs(fact.value) == claim.value)
        if same and label_of(fact) != figure.label:
            return f"{text}；这个数是{label_of(fact)}"
    return text


def _levelled(checked: Checked, draft: Draft, change: Answer | None) -> Checked:
    """「降至 25.37 万元」 is right only if the report's change has that direction."""
    figure = next((f for f in change.figures if f.role == "answer"), None) if change else None
    measured = change is not None and change.plan is not None and _measure(change.plan.exprs) in _SIGNED
    if figure is None or not measured or not figure.value:
        return replace(checked, verdict="undecided", claim=f"{checked.claim}；报告没有给出它的增减，方向无法判断")
    if (figure.value > 0) != (draft.direction == "up"):
        word = "增加" if figure.value > 0 else "减少"
        return replace(checked, verdict="mismatch", claim=f"{checked.claim}；方向不对，报告为{word}")
    return checked
