"""The figures of a text: numbers with a unit, where they stand, how exactly and with which bound they are claimed.

Not figures: years, dates, ordinals, document numbers, thresholds inside an item's name (单位价值 50 万元以上), 5+2 天.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from corpus.numerals import text_to_numbers
from qa.understand.numbers import chinese_to_int

Bound = Literal["", "about", "near", "over", "under", "least", "most", "odd", "fraction"]

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
COUNTS = {
    "批": "批次", "批次": "批次", "人次": "人次", "人": "人", "名": "人", "辆": "辆", "台(套)": "台（套）", "台套": "台（套）",
    "台": "台（套）", "套": "台（套）", "分": "分", "个": "个", "项": "个", "家": "家", "次": "次", "件": "件", "户": "户",
    "场": "场", "位": "人", "部": "辆",
}  # fmt: skip
_MONEY = r"元人民币|元钱|元|块钱|块(?!头)"
_FOREIGN = "美元|欧元|港元|港币|日元|英镑"
_COUNT = (
    r"批次|批(?!准|示|复|评)|人次|人(?!均|员)|名(?!为|单|称|义|下|列)|辆|台\(套\)|台套|台|套|分(?![之别钟局类公部行支析])"
    r"|个(?!月|百分点|人)|项(?!目)|家|次|件|户|场|位|部(?!门|分|委|长)"
)
_PERCENT = "个百分点|百分点|%|‰|倍|成(?![立员本为果效])"
_UNIT = rf"(?P<unit>{_FOREIGN}|{_MONEY}|{_PERCENT}|{_COUNT})"
_SPACE = r"[ \t\u3000]*\n{0,2}[ \t\u3000]*"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ODD = r"(?P<odd>[多余几])?"
_ARABIC = re.compile(
    rf"(?<![\d.A-Za-z+])(?P<sign>[-−](?=\d)(?<![\d)]-))?(?P<number>{_NUMBER})(?![\d+]){_SPACE}{_ODD}"
    rf"(?P<magnitude>[百千万亿]{{0,2}}){_SPACE}(?P<after>[多余])?(?:{_UNIT})?"
)
_HAN = "零〇一二两三四五六七八九十百千"
_CHINESE = re.compile(
    rf"(?P<number>[{_HAN}]+(?:[万亿][{_HAN}]+)*)(?:点(?P<decimals>[零〇一二三四五六七八九]+))?{_ODD}(?P<magnitude>[万亿]{{0,2}})(?P<after>[多余])?{_UNIT}"
)
_PERCENTAGE = re.compile(rf"百分之(?P<number>[{_HAN}]+|{_NUMBER})(?:点(?P<decimals>[零〇一二三四五六七八九]+))?{_ODD}")
_FRACTION = re.compile(r"(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])")
_TENTHS = re.compile(r"(?P<tens>[一二两三四五六七八九])成(?P<ones>[一二三四五六七八九半])(?![成个人])")
_ZERO = re.compile(r"(?<=[为是])零(?=[，,。；;、）)\s]|$)")
_HALF = re.compile("一半|半数")
_NAMES = re.compile(
    r"(?:单位价值|单台价值|单价|价值|原值)\D{0,3}\d[\d.,]{0,20}\s*万?元?\s*(?:\(含\)|\(不含\))?\s*(?:及?以[上下])"
    r"|\d[\d.,]{0,20}\s*万?元?\s*(?:及?以[上下])的?(?:通用|专用|大型)?设备|\d+\+\d+\s*天?"
)
_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("most", "不超过|不高于|不多于|至多|最多|未超过|没有超过|没超过"),
    ("least", "不少于|不低于|至少|最少"),
    ("under", "不足|不到|未到|低于|少于|小于|未达"),
    ("near", "将近|接近|逼近|近(?!年)"),
    ("over", "超过了?|超出|突破了?|超|逾|大于|多于|高于|越过"),
    ("about", "大约为?|大概|大致|(?<!节)约[为合]?"),
)
_FILLING = r"(?:[了到至达为是有在共计]|\s)*"
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("about", "左右|上下|前后"),
    ("least", "(?:及)?以上"),
    ("most", "(?:及)?以下|以内|之内"),
    ("over", "多一点|多(?!少)|有余|出头|挂零"),
)
_NOT = frozenset({"document number", "date", "year", "ordinal"})


@dataclass(frozen=True, slots=True)
class Spotted:
    """One figure of a text. ``value``: 元 for money, percent for shares, else as counted; ``unit`` accordingly.

    ``step``: the weight of the last digit written, in the unit of ``value``; ``upper``: for 20 多万, what it stays below.
    ``head_end``: where the words before it end, its bound left out; ``tail``: where the words after it begin.
    ``written``: the unit as written, without magnitude; ``decimals``: whether digits after the point were written.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str
    bound: Bound
    head_end: int
    tail: int
    written: str
    upper: Decimal | None = None
    decimals: bool = False


def folded(text: str) -> str:
    """``text`` with full-width digits, letters and signs made half-width, one character for one."""
    return "".join(_fold(char) for char in text)


def _fold(char: str) -> str:
    if char in "，；：！？、。":
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def text_to_figures(text: str) -> tuple[Spotted, ...]:
    """The figures of ``text`` (already ``folded``), in order, none inside another."""
    barred = [(n.start, n.end) for n in text_to_numbers(text) if n.kind in _NOT]
    barred += [m.span() for m in _NAMES.finditer(text)]
    found: list[Spotted] = []
    for made in sorted(_candidates(text), key=lambda s: (s.start, -s.end)):
        inside = any(begin < made.end and made.start < end for begin, end in barred)
        if not inside and (not found or made.start >= found[-1].end):
            found.append(made)
    return tuple(a for a, b in zip_longest(found, found[1:]) if b is None or not _names_things(text, a, b))


def _names_things(text: str, figure: Spotted, following: Spotted) -> bool:
    """The 两个 of 「两个项目合计 1,095.9 万元」: how many things the next figure is said of."""
    between = text[figure.end : following.start]
    said = figure.unit == "个" and not text[figure.start].isascii()
    return said and len(between) > 1 and not re.search(r"[，,、。；;：:\n]", between)


def _candidates(text: str) -> Iterator[Spotted]:
    for match in _PERCENTAGE.finditer(text):
        number, places = _read(match["number"], match["decimals"])
        yield _made(text, match, number, places, "%", "odd" if match["odd"] else "")
    for match in _TENTHS.finditer(text):
        ones = Decimal("0.5") if match["ones"] == "半" else Decimal(chinese_to_int(match["ones"]) or 0) / 10
        yield _made(text, match, (chinese_to_int(match["tens"]) or 0) + ones, Decimal("0.1"), "成", "")
    for match in _FRACTION.finditer(text):
        whole, part = chinese_to_int(match["whole"]) or 1, chinese_to_int(match["part"]) or 0
        yield _made(text, match, Decimal(100 * part) / Decimal(whole), Decimal(1), "%", "fraction")
    for match in _HALF.finditer(text):
        yield _made(text, match, Decimal(50), Decimal(1), "%", "fraction")
    for match in _ZERO.finditer(text):
        yield _made(text, match, Decimal(0), Decimal(1), "零", "")
    for match in _CHINESE.finditer(text):
        if _is_number(match):
            yield _measured(text, match, *_read(match["number"], match["decimals"]))
    for match in _ARABIC.finditer(text):
        if match["unit"] or match["magnitude"] or "." in match["number"]:
            yield _measured(text, match, *_read(match["number"], None), sign=-1 if match["sign"] else 1)


def _is_number(match: re.Match[str]) -> bool:
    """Whether Chinese numerals before a unit are a figure: 十四人次, 两辆; not 一个, 十分, 三项, 百分."""
    number, unit = match["number"], match["unit"]
    if not any(c in "一二两三四五六七八九十" for c in number) or unit == "项":
        return False
    if number == "一" and not match["magnitude"] and unit in COUNTS and unit not in {"辆", "台", "套"}:
        return False
    return unit != "分" or len(number) > 1


def _read(number: str, decimals: str | None) -> tuple[Decimal, Decimal]:
    """The number and the weight of its last digit, before magnitude."""
    if number[0].isascii():
        value = Decimal(number.replace(",", ""))
        return value, Decimal(1).scaleb(int(value.as_tuple().exponent))
    whole = Decimal(chinese_to_int(number) or 0)
    if decimals:
        digits = "".join(str(chinese_to_int(c)) for c in decimals)
        return whole + Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits))
    last = number[-1]
    return whole, Decimal(MAGNITUDES.get(last, 1)) if last in MAGNITUDES else Decimal(1)


def _measured(text: str, match: re.Match[str], number: Decimal, step: Decimal, sign: int = 1) -> Spotted:
    """A number with its unit, brought to 元 or left as counted."""
    scale = Decimal(1)
    for char in match["magnitude"]:
        scale *= MAGNITUDES[char]
    unit = match["unit"] or ("元" if match["magnitude"] else "")
    odd = match["odd"] or match["after"]
    if odd and match["after"] is None and number == number.to_integral_value():
        digits = str(int(number)).rstrip("0")
        step = Decimal(10) ** (len(str(int(number))) - len(digits))  # 20 多万: below 30 万
    return _made(text, match, sign * number * scale, step * scale, unit, "odd" if odd else "")


def _made(text: str, match: re.Match[str], value: Decimal, step: Decimal, unit: str, bound: Bound) -> Spotted:
    written = unit
    if unit == "成":
        value, step, unit = value * 10, step * 10, "%"
    elif unit == "‰":
        value, step, unit = value / 10, step / 10, "%"
    elif unit in {"个百分点", "百分点"}:
        unit = written = "个百分点"
    elif re.fullmatch(_MONEY, unit):
        unit = "元"
    elif unit in COUNTS:
        unit = COUNTS[unit]
    upper = value + step if bound == "odd" else None
    end = match.end()
    head_end, before = _bound_before(text, match.start())
    tail, after = _bound_after(text, end)
    said = after or before
    if after == "over":
        step = Decimal(10) if bound == "fraction" else step
        bound, said, upper = "odd", "", value + step  # 六成多
    if said in {"over", "under", "least", "most", "near"} or (said and not bound):
        bound, upper = said, None
    decimals = "." in match.group() or "点" in match.group().removesuffix("点")
    return Spotted(match.start(), end, value, step, unit, bound, head_end, tail, written, upper, decimals)


def _bound_before(text: str, start: int) -> tuple[int, Bound]:
    """Where the words before a figure end, and the bound they put on it: 约, 近, 超过, 不到."""
    head = text[max(0, start - 12) : start]
    for bound, words in _BEFORE:
        if match := re.search(rf"(?:{words}){_FILLING}[\"“]?$", head):
            return start - len(head) + match.start(), bound
    return start, ""


def _bound_after(text: str, end: int) -> tuple[int, Bound]:
    for bound, words in _AFTER:
        if match := re.compile(words).match(text, end):
            return match.end(), bound
    return end, ""
