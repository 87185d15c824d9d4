"""A spreadsheet's value and number format -> the text its cell shows."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

_SHOWN_DIGITS = 11  # of a number in the general format
_DECIMALS = re.compile(r"\.([0#?]+)")
_GENERAL = re.compile(r"general|g/通用格式|@|", re.IGNORECASE)
_THOUSANDS_LESS = re.compile(r"(?<=[0#?]),+(?![0#?,])")  # every comma behind the digits: a thousand less
_SET_POINT = re.compile(r"(?<=[0#?])(?:[\\!]\.|\"\.\")([0#?]+)")  # 0!.0000: a point put among the digits, for 万元
_NOT_DIGITS = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|[\\!].|_.|\*.")  # colours, conditions, marks, padding


def value_to_text(value: object, number_format: str) -> str:
    """The text a cell shows. Numbers are turned exactly, by their shortest decimal form; "" for nothing.

    A zero that its format hides or prints as a dash is given as a zero: that is what the file holds.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number_to_text(Decimal(str(value)), number_format or "General")
    if isinstance(value, datetime | date | time):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value).strip()


def _number_to_text(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    part = _section(value, number_format)
    value, part = _scaled(value, part)
    shape = _NOT_DIGITS.sub("", part).strip(" ()-+（）")
    if _GENERAL.fullmatch(shape):
        return format(Context(prec=_SHOWN_DIGITS).plus(value).normalize(), "f")
    if "%" in shape:
        value *= 100
    decimals = _DECIMALS.search(shape)
    fixed = decimals.group(1).count("0") if decimals else 0
    most = len(decimals.group(1)) if decimals else 0
    shown = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = format(abs(shown), ",f" if re.search(r"[#0],[#0]", shape) else "f")
    if most > fixed and "." in text:
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0").ljust(fixed, "0")
        text = f"{whole}.{rest}" if rest else whole
    zeros = re.fullmatch(r"(0+)(\.0+)?", shape)
    if zeros and len(zeros.group(1)) > 1:
        text = text.zfill(len(zeros.group(1)) + (len(text) - text.index(".") if "." in text else 0))
    text += "%" if "%" in shape else ""
    if shown >= 0:
        return text
    return f"({text})" if re.search(r"[(（]", _padless(part)) else f"-{text}"


def _section(value: Decimal, number_format: str) -> str:
    """The part of the format for this sign."""
    parts = number_format.split(";")
    if value < 0 and len(parts) > 1 and re.search(r"[0#]", parts[1]):
        return parts[1]
    if value == 0 and len(parts) > 2 and re.search(r"[0#]", parts[2]):
        return parts[2]
    return parts[0]


def _padless(part: str) -> str:
    """Without the widths that are left free: 「_)」 prints no bracket."""
    return re.sub(r"_.|\*.", "", part)


def _scaled(value: Decimal, part: str) -> tuple[Decimal, str]:
    """What is shown where the format prints thousands, or 万 by a point set among the digits; and the format of that."""
    part = _padless(part)
    for commas in _THOUSANDS_LESS.findall(part):
        value = value.scaleb(-3 * len(commas))
    part = _THOUSANDS_LESS.sub("", part)
    point = _SET_POINT.search(part)
    if point and not _DECIMALS.search(_NOT_DIGITS.sub("", part)):
        value = value.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-len(point.group(1)))
        part = _SET_POINT.sub(lambda match: "." + "0" * len(match.group(1)), part, count=1)
    return value, part
