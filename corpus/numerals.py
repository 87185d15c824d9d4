"""Number tokens of a text, and what each one that is no figure is.

``text_to_numbers`` finds every run of digits (half or full width, thousands separators, decimals, sign).
A token's ``kind`` is "" where it can be a figure; otherwise it names why it is none: "year", "date",
"document number", "ordinal", "threshold" (part of an item's name), "range" (2-3 次), "quoted name". What depends on the
table or page a token stands in (classification codes, page numbers) is said in completeness.py.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = r"[0-9０-９]"
_TOKEN = re.compile(
    rf"(?<!\S)[-−－]?[.．]{_DIGIT}+|(?:(?<![A-Za-z0-9０-９）)%％.])[-−－])?{_DIGIT}+(?:(?:,{_DIGIT}{{3}}|，[０-９]{{3}})(?!{_DIGIT}))*(?:[.．]{_DIGIT}+)?"
)
_SEPARATOR = str.maketrans("", "", ",")
_UNIT = (
    r"亿元|万元|万美元|美元|[万亿](?:人次|剂次|户次|家次|人|户|件|吨|亩|株|册|只|头|平方米|公里|剂|条|份|次|场|座|起)|亿|万|元|"
    r"个百分点|百分点|[%％‰]|个|批次|批|人次|人|名|辆|家次|户次|"
    r"期(?![间末初限])|剂次|场次|对|张|所|处|条|亩|吨|[台件][（(]套[）)]|台/套|台|套|分|家|项|次|户|件|张|条|份|宗|天|平方米|公里|"
    r"场(?![所馆地])|座(?!谈)|艘|平方公里|立方米|公顷|公斤|篇|起(?![草止步点算])|例(?![如行会])|株|棵|栋|幢|册|学时|课时"
)
UNIT = re.compile(rf"\s*({_UNIT})")

# Each kind with the shapes that are certain of it; a token inside a match is of that kind. Order matters.
_CONTEXTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("document number", re.compile(rf"[〔\[［【„（(](?:19|20)\d\d[〕\]］】‟”）)]\s*(?:第\s*)?{_DIGIT}+\s*号")),
    ("document number", re.compile(rf"第\s*{_DIGIT}+\s*号(?:令|文)?")),
    ("date", re.compile(r"(?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")),
    ("date", re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")),
    ("year", re.compile(r"(?:(?:19|20)\d\d\s*[-—–~至]\s*)?(?:19|20)\d\d\s*年")),
    (
        "threshold",
        re.compile(
            rf"{_DIGIT}[\d.,０-９]*\s*(?:{_UNIT}|周?岁)?\s*(?:[（(](?:不?含)[^（）()]*[）)])?\s*(?:及以上|以上|及以下|以下|以内|以外)"
        ),
    ),
    ("quoted name", re.compile(r"[“‘「《<＜][^“”‘’「」《》<>＜＞，。；：]{0,40}?[”’」》>＞“]")),
    ("ordinal", re.compile(r"(?:^|(?<=[。；：;:]))\s*[（(]?\d{1,2}(?:[）)]|、|[.．](?!\d))")),
    ("ordinal", re.compile(r"[（(]\d{1,2}[）)]")),
    ("ordinal", re.compile(r"\[\d{1,2}\]")),
    ("ordinal", re.compile(r"(?:公开|附)\s*表?\s*\d{1,2}\s*表?")),
    ("range", re.compile(rf"{_DIGIT}+\s*[-—–~～至]\s*{_DIGIT}+(?=\s*(?:{_UNIT}))")),
    (
        "range",
        re.compile(
            rf"{_DIGIT}+\s*(?:[（(]不?含[）)])?\s*[-—–~～至]\s*{_DIGIT}+\s*(?:[（(]不?含[）)])?\s*分(?=的|之?间|[，、])"
        ),
    ),
    ("ordinal", re.compile(r"第\s*\d+\s*(?:部分|章|条|款|项|页|季度|批|次|类)")),
)


@dataclass(frozen=True, slots=True)
class Number:
    """One token: ``text`` as printed at ``start``..``end``; ``value`` exact; ``kind`` "" for a possible figure."""

    start: int
    end: int
    text: str
    value: Decimal
    kind: str


def text_to_numbers(text: str) -> tuple[Number, ...]:
    """Every number token of ``text``, in order, with its kind."""
    spans = [(kind, m.start(), m.end()) for kind, shape in _CONTEXTS for m in shape.finditer(text)]
    found: list[Number] = []
    for match in _TOKEN.finditer(text):
        kind = next((k for k, begin, end in spans if begin <= match.start() and match.end() <= end), "")
        found.append(Number(match.start(), match.end(), match.group(), parse_number(match.group()), kind))
    return tuple(found)


def parse_number(text: str) -> Decimal:
    """A printed number as an exact Decimal: 1,234.50, １２．５, −3 (raises decimal.InvalidOperation on other text)."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").translate(_SEPARATOR)
    return Decimal(plain)


def unit_after(text: str, end: int) -> tuple[str, int]:
    """The unit printed right after ``end`` and where it ends; ("", ``end``) where there is none."""
    match = UNIT.match(text, end)
    return (match.group(1), match.end()) if match else ("", end)
