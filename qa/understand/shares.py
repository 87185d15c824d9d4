"""Questions for a share: of a whole named or not, of every part, of a sum."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.members import members
from qa.plan import Expr, Name, Plan, Ref
from qa.understand.context import TOTAL_EXPENDITURE, TOTAL_INCOME, Reading, call, measured, operand
from qa.understand.groups import claims
from qa.understand.phrases import Phrase


def share(reading: Reading) -> Plan | None:
    if len(reading.named) == 1 and reading.phrases[0].before == "share" and reading.named[0].before == "is":
        # What percentage of spending was X?
        return reading.plan("compute", call("share", plain(reading.named[0]), Ref((TOTAL_EXPENDITURE,))))
    if len(reading.named) == 2 and reading.named[0].before == "share" and reading.named[1].before == "is":
        # What share of total expenditure was project expenditure?
        return reading.plan("compute", call("share", plain(reading.named[1]), plain(reading.named[0])))
    at = link_at(reading, "share")
    if at is None:
        return _each_share(reading)
    parts = tuple(p for p in reading.phrases[:at] if p.names)
    whole = reading.phrases[at]
    if reading.yesno and len(parts) == 1 and (bounds := claims(reading)):
        return reading.plan("yesno", call("share", plain(parts[0]), plain(whole)), topic="claim", conditions=bounds[:1])
    if parts and whole.names == parts[-1].names and _of_everything(reading):
        side = whole.side or parts[-1].side
        total = TOTAL_INCOME if side == "income" or "总收入" in reading.text else TOTAL_EXPENDITURE
        whole = Phrase((total,), whole.measure, side, whole.tables, whole.period, before="share")
    if not parts or (whole.names == parts[-1].names and _default(whole.measure) == _default(parts[-1].measure)):
        return None
    whole_ref = plain(whole)
    if len(parts) == 2 and parts[1].before == "minus":
        less = call("difference", plain(parts[0]), plain(parts[1]))
        return reading.plan("compute", call("share", less, whole_ref))
    if len(parts) > 1 and not reading.has("op.sum", "op.plus"):
        return reading.plan("compute", *(call("share", plain(p), whole_ref) for p in parts))
    if any(p.measure == "budget" for p in reading.phrases) and len(parts) == 1:
        both = (measured(p, "budget") for p in (parts[0], whole))
        return reading.plan("compute", call("share", *both))  # 「全部年初预算当中，X占多少」
    part = plain(parts[0]) if len(parts) == 1 else call("sum", *(plain(p) for p in parts))
    if len(parts) == 1 and _either(reading):
        return reading.plan("compute", part, call("share", part, whole_ref))
    return reading.plan("compute", call("share", part, whole_ref))


def _either(reading: Reading) -> bool:
    """「那里面 A 占了多少」 asks for its amount, or for its share: both are said."""
    pairs = pairwise(reading.sketch.tokens)
    bare = any(a.text in {"占", "占了", "占去"} and b.text in {"多少", "了多少"} for a, b in pairs)
    return bare and reading.has("refer.it")


def _each_share(reading: Reading) -> Plan | None:
    """「三项各占三公的百分之几」: the share of every part of the whole named."""
    if len(reading.named) != 1 or not reading.has("op.each") or not reading.has("op.share", "measure.share"):
        return None
    whole = replace(_whole_ref(reading.named[0]), measure="")
    parts = members(whole, "", reading.catalogue)
    if len(parts) < 2:
        return None
    names = (Name(e.fact.item, tuple(sorted(e.own))) for e in parts if e.fact.state != "blank")
    return reading.plan("compute", *(call("share", Ref((name,), "", whole.side), whole) for name in names))


def _whole_ref(phrase: Phrase) -> Ref:
    return Ref(phrase.names, "", phrase.side, phrase.tables)


def _of_everything(reading: Reading) -> bool:
    """「占全部」, 「占总」: the whole is all of the side, whatever item was named before."""
    marks = [t.text for t in reading.sketch.tokens if t.has("measure", "share")]
    return any(text.endswith(("全部", "总", "整个", "所有")) for text in marks)


def _default(measure: str) -> str:
    return "" if measure == "final" else measure


def plain(phrase: Phrase) -> Expr:
    """The amount of a phrase whose measure only says that a share is asked."""
    return measured(phrase, "") if phrase.measure in {"share", "change_rate"} else operand(phrase)


def link_at(reading: Reading, link: str) -> int | None:
    return next((i for i, p in enumerate(reading.phrases) if i and p.before == link and p.names), None)


def side_of(phrases: tuple[Phrase, ...], reading: Reading) -> Expr:
    """One operand: a phrase, or the sum of a list of phrases."""
    named = [p for p in phrases if p.names]
    # 「一般公共预算没花完多少，年初数减决算数」: the name alone only announced the figure after it
    refs = tuple(p.ref() for p, *after in (named[i:] for i in range(len(named))) if not _announces(p, after))
    return refs[0] if len(refs) == 1 else call("sum", *refs)


def _announces(phrase: Phrase, after: list[Phrase]) -> bool:
    return not phrase.measure and any(p.names == phrase.names and p.measure for p in after)
