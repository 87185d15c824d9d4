"""Numbers in questions: 100万, 1.5亿元, 三百万, 前三, 50%, 2016年."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}

_MAGNITUDE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_UNIT = (
    r"(?:元人民币|块钱|元钱|元|块|个百分点|百分点|个点|%|人次|批次|人|次|批|辆车|部车|台车|辆|台套|台|套|分|倍|成"
    r"|个|项|名|位|大类|大块|大项|大头|类|款|种|条|笔|样|yuan)"
)
_FRACTION = re.compile(r"(?P<whole>[二两三四五六七八九十百])分之(?P<part>[一二三四五六七八九十]+|\d+)")
_TENTHS = re.compile("(?P<tens>[一二两三四五六七八九])成(?P<ones>[一二三四五六七八九])(?![成个])")
_MOST = re.compile("(?:一)?(?:大半|多半)(?=[,。?!吗吧了么都是被给用对是]|$)|一大半|一多半|大半[儿]?")
_NEARLY = re.compile(r"(?:将近|接近|快到|快要|快有|快|近)(?:到|了)?(?=[\d零一二两三四五六七八九十百千])")
_MORE = re.compile("多(?![少大高])")
_ALL = Decimal("100.01")  # all of it is most of it, too
_NEAR = Decimal("0.9")  # 快2个点: not 2 yet, and not much less
_ODD = r"(?:多(?!少)|余(?![额下])|来(?![自源]))"
_SOME = re.compile(
    rf"(?:(?P<arabic>\d+)(?:{_ODD}(?P<after>{_MAGNITUDE})?|(?P<before>{_MAGNITUDE}){_ODD})"
    rf"|(?P<chinese>[零〇一二两俩三四五六七八九十百千万亿]*[十百千])(?:几|{_ODD})(?P<scale>[万亿])?"
    rf"|(?P<digit>[一二两三四五六七八九])(?P<single>[万亿百千]){_ODD})(?P<unit>{_UNIT})?"
)
ARABIC = re.compile(rf"-?\d+(?:\.\d+)?(?:个(?=[万亿]))?(?P<magnitude>{_MAGNITUDE})?(?P<unit>{_UNIT})?")
CHINESE = re.compile(rf"(?P<digits>[零〇一二两俩三四五六七八九十百千万亿]+)(?P<unit>{_UNIT})?")
YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年度|财年|年底|年末|年初|年)?|(?P<short>\d\d)(?:年度|年(?![前后来间内以多]))"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit it was written in, brought to the base unit: 元 for money, else as written.

    ``upper``: for 十几, 300 多万, the number it stays below; else None.
    """

    value: Decimal
    unit: str
    bare: bool
    upper: Decimal | None = None


def chinese_to_int(text: str) -> int | None:
    """三百零五 -> 305, 两万 -> 20000, 二〇一六 -> 2016; None where ``text`` is no number."""
    if not text or len(text) > 30 or any(c not in _DIGITS and c not in _TENS and c not in _SCALES for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            total = (total + section + digit) * _SCALES[char] if char == "亿" else total + (section + digit) * 10**4
            section, digit = 0, 0
    return total + section + digit


def quantity_at(text: str, start: int) -> tuple[int, Quantity] | None:
    """The quantity that begins at ``start`` and where it ends, else None; 三成多, 8%多 stay below the next."""
    found = _plain_at(text, start)
    if found is None or found[1].unit != "%" or found[1].upper is not None or not _MORE.match(text, found[0]):
        return found
    end, percent = found
    whole = percent.value == percent.value.to_integral_value() and percent.value % 10 == 0 and percent.value > 0
    step = Decimal(10) if whole else Decimal(1)
    return end + 1, replace(percent, upper=percent.value + step)


def _plain_at(text: str, start: int) -> tuple[int, Quantity] | None:
    if match := _TENTHS.match(text, start):
        tenths, more = _DIGITS[match["tens"]], _DIGITS[match["ones"]]
        return match.end(), Quantity(Decimal(10 * tenths + more), "%", False)
    if match := _MOST.match(text, start):
        return match.end(), Quantity(Decimal(50), "%", False, _ALL)
    if match := _NEARLY.match(text, start):
        near = quantity_at(text, match.end())
        if near is not None and near[1].upper is None and not near[1].bare and near[1].unit in {"元", "%"}:
            return near[0], replace(near[1], value=near[1].value * _NEAR, upper=near[1].value)
    if text.startswith("一半", start):
        return start + 2, Quantity(Decimal(50), "%", False)
    if text.startswith("万一", start):
        return None
    if match := _FRACTION.match(text, start):
        whole = chinese_to_int(match["whole"].replace("百", "一百")) or 0
        part = int(match["part"]) if match["part"].isascii() else chinese_to_int(match["part"]) or 0
        return match.end(), Quantity(Decimal(100 * part) / Decimal(whole), "%", False)
    if (match := _SOME.match(text, start)) and (some := _some(match)):
        return match.end(), some
    if match := ARABIC.match(text, start):
        number = match[0]
        plain = re.match(r"-?\d+(?:\.\d+)?", number)
        assert plain is not None
        return match.end(), _quantity(Decimal(plain[0]), match["magnitude"] or "", match["unit"] or "")
    if match := CHINESE.match(text, start):
        value = None if match["digits"] in _SCALES or match["digits"] in _TENS else chinese_to_int(match["digits"])
        money = any(c in "百千万亿" for c in match["digits"])
        if value is not None and (
            match["unit"]
            or money
            or ((len(match["digits"]) == 1 and start and text[start - 1] in "前后") or len(match["digits"]) > 1)
        ):
            return match.end(), _quantity(Decimal(value), "", match["unit"] or ("元" if money else ""))
    return None


def _some(match: re.Match[str]) -> Quantity | None:
    """十几辆, 300 多万: from the number to below the next one with as many round digits."""
    if match["arabic"]:
        number, magnitude = int(match["arabic"]), match["after"] or match["before"] or ""
        step = 1 if match["before"] else 10 ** (len(match["arabic"]) - len(match["arabic"].rstrip("0")))
    elif match["chinese"]:
        scale = match["scale"] or ""
        read = chinese_to_int(match["chinese"] + scale)
        if not read or not (scale or match["unit"]):
            return None
        low = _quantity(Decimal(read), "", match["unit"] or "元")
        step = Decimal(chinese_to_int("一" + match["chinese"][-1] + scale) or 0)
        return replace(low, upper=low.value + step)
    else:
        number, step, magnitude = _DIGITS[match["digit"]], 1, match["single"]
    if not number or not (magnitude or match["unit"]):
        return None
    low, high = (_quantity(Decimal(n), magnitude, match["unit"] or "") for n in (number, number + step))
    return replace(low, upper=high.value)


def _quantity(value: Decimal, magnitude: str, unit: str) -> Quantity:
    for char in magnitude:
        value *= {"百": 100, "千": 1000, "十": 10, "万": 10**4, "亿": 10**8}[char]
    if unit == "成":
        value, unit = value * 10, "%"
    if unit == "块" and not magnitude and 1 < value < 11 and value == int(value):
        unit = "个"  # 「人员和公用两块」
    if unit in {"元", "块", "块钱", "元钱", "元人民币", "yuan"}:
        unit = "元"
    elif unit in {"个百分点", "百分点", "个点"}:
        unit = "%"
    elif unit in {"辆车", "部车", "台车"}:
        unit = "辆"
    elif magnitude and not unit:
        unit = "元"
    return Quantity(value, unit, not magnitude and not unit)
