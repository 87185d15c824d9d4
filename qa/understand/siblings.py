"""A follow-up that says only the part of a name that changes: 「事业单位的呢」 after 行政单位离退休, 「人员占…」 after 人员经费.

Tried where the question would be refused as it stands; what else stands in it is judged as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from qa.catalogue import Catalogue
from qa.resolve import Found, resolve
from qa.understand.followup import Before
from qa.understand.lexer import Lexicon
from qa.understand.normalise import normalise_name

_ONLY = re.compile(
    r"^(?:那么?|那个|其中)?(?P<said>[\u4e00-\u9fff]{2,10}?)(?P<tail>的?(?:那块|这块|那部分|那边)?"
    r"(?:呢|是多少|有多少|多少钱?|是几|(?:几|多少)[\u4e00-\u9fff]{1,2})?[?。]?)$"
)
_ENDINGS = ("经费", "支出", "费用", "费", "资金", "金额", "补助", "收入")
_LEAST_COMMON, _LEAST_SHORT = 2, 2


def in_their_place(
    text: str, before: Before | None, catalogue: Catalogue, lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    """``text`` with such a part written as the name it stands for, and that name."""
    tokens = lexicon.split(text)
    for match in re.finditer("的", text):
        if any(t.has("item") and t.start <= match.start() < t.end for t in tokens):
            continue
        joined = text[: match.start()] + text[match.end() :]
        for token in lexicon.split(joined):
            strange = any(t.unknown and token.start <= t.start < token.end + 1 for t in tokens)
            if token.start < match.start() < token.end and token.has("item") and strange:
                yield joined, token.text  # 「事业单位的医疗」
    if before is None:
        return
    if (only := _ONLY.match(text)) is not None and len(before.subjects) == 1:
        found = resolve(before.subjects[0], catalogue)
        if not isinstance(found, Found) and before.plan.exprs:
            found = resolve(next(iter(before.plan.exprs)), catalogue)  # type: ignore[arg-type]
        if isinstance(found, Found) and (other := _sibling(only["said"], found.entry.fact.item, catalogue)):
            yield text[: only.start("said")] + other + only["tail"].removeprefix("的"), other
    for ref in reversed(before.trail):
        spoken = normalise_name(ref.names[-1].surface) if ref.names else ""
        short = next((spoken.removesuffix(e) for e in _ENDINGS if spoken.endswith(e)), "")
        if len(short) >= _LEAST_SHORT and short in text and spoken not in text:
            yield text.replace(short, spoken, 1), spoken


def _sibling(said: str, spoken: str, catalogue: Catalogue) -> str:
    """The one printed name that is ``spoken`` with a part of it exchanged for what was said; "" where none or two are."""
    own = normalise_name(spoken)
    if said in own:
        return ""
    found: set[str] = set()
    for printed in dict.fromkeys(normalise_name(e.fact.item) for e in catalogue.entries):
        head = _alike(own, printed)
        tail = _alike(own[head:][::-1], printed[head:][::-1])
        changed = printed[head : len(printed) - tail]
        if printed == own or head + tail < _LEAST_COMMON or len(own) == head + tail:
            continue
        if changed and changed in said and said in printed:
            found.add(printed)
    return found.pop() if len(found) == 1 else ""


def _alike(first: str, second: str) -> int:
    """How many characters the two have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
