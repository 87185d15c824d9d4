"""Questions that are not about the report's contents: greetings, thanks, what one can ask; and about its contradictions."""

from __future__ import annotations

from qa.plan import Plan, Ref
from qa.understand.context import Reading
from qa.understand.marks import CHECKING

_EMPTY = frozenset({"filler", "chat", "talk", "join", "refer"})


def talk(reading: Reading) -> Plan | None:
    """The plan of a question that is only talk, None when it speaks of anything else."""
    marks = [m.removeprefix("chat.") for m in reading.sketch.marks if m.startswith("chat.")]
    if not marks or reading.named:
        return None
    loud = [m for m in marks if m in {"help", "who", "insult"}]
    if any(len(t.text) > 1 for t in reading.sketch.unknown):
        return None
    if not loud and not all(
        {s.kind for s in t.senses} & _EMPTY or (t.unknown and t.text.isascii() and False) for t in reading.sketch.tokens
    ):
        return None
    return reading.plan("chat", topic=loud[0] if loud else marks[0])


def check(reading: Reading) -> Plan | None:
    """The plan of a question about the report's own contradictions."""
    tables = {table for p in reading.phrases for table in p.tables}
    puzzled = reading.has("ask.why") and len(tables) > 1
    if not reading.has("check.any", "text.rounding") and not puzzled:
        return None
    if (reading.has("ask.why") and reading.named and not puzzled) or any(
        len(t.text) > 1 for t in reading.sketch.unknown
    ):
        return None
    if reading.yesno and reading.named and any(not q.bare or q.unit for q in reading.sketch.quantities):
        return None  # 「占0.60%，与说明是否吻合」: what is said is checked against the figure
    if reading.amount and reading.named and any(t.text in CHECKING for t in reading.sketch.tokens):
        return None  # 「核对公积金：决算是多少」
    summed = any(t.has("op", "sum", "plus") for t in reading.sketch.tokens)
    if summed and not reading.has("text.rounding") and len(reading.named) not in {0, 2} and not tables:
        return None  # a sum that is named is worked out: 「基本支出加项目支出，同本年支出合计对得上不」
    if reading.yesno and len(reading.named) == 2 and not tables and not reading.has("text.rounding") and not puzzled:
        return reading.plan("yesno", *(p.ref() for p in reading.named), topic="same")  # 「收入总计和支出总计一致吗」
    names = tuple(Ref(p.names, p.measure, p.side) for p in reading.phrases if p.names or p.measure)
    return reading.plan("check", *names, topic="rounding" if reading.has("text.rounding") else "")
