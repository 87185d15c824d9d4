"""A spreadsheet's value and number format -> the text its cell shows."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

_SHOWN_DIGITS = 11  # of a number in the general format
_DECIMALS = re.compile(r"\.([0#?]+)")


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
    shape = _section(value, number_format)
    if shape in ("General", "@", ""):
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
    return ("-" if shown < 0 else "") + text + ("%" if "%" in shape else "")


def _section(value: Decimal, number_format: str) -> str:
    """The part of the format for this sign, without colours, conditions, padding and quoted marks."""
    parts = number_format.split(";")
    part = parts[0]
    if value == 0 and len(parts) > 2 and re.search(r"[0#]", parts[2]):
        part = parts[2]
    part = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.|\*.", "", part)
    return part.strip(" ()-+") if part != "General" else part
