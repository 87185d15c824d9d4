"""Kinds of question, one file each. ``KINDS`` says which file answers a plan's kind; a new kind is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable

from qa.answer import Answer
from qa.kinds import (
    chat,
    check,
    compare,
    compute,
    counting,
    filtering,
    ledger,
    listing,
    lookup,
    passages,
    purpose,
    quoting,
    ranking,
    reason,
    text,
    worded,
    yesno,
)
from qa.plan import Plan
from qa.shelf import Shelf

Run = Callable[[Plan, Shelf], Answer]

KINDS: dict[str, Run] = {
    "lookup": lookup.run,
    "compute": compute.run,
    "compare": compare.run,
    "rank": ranking.run,
    "filter": filtering.run,
    "count": counting.run,
    "list": listing.run,
    "yesno": yesno.run,
    "reason": reason.run,
    "purpose": purpose.run,
    "text": text.run,
    "check": check.run,
    "ledger": ledger.run,
    "chat": chat.run,
    "empty": chat.run,
    "too_long": chat.run,
    "search": passages.run,
    "worded": worded.run,
    "quote": quoting.run,
}
