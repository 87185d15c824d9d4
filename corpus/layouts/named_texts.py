"""Tables of named texts (绩效评价结果信息表): a label, then a text that may run over many lines; some are figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.document import Column, Line, NamedText
from corpus.layouts.building import Draft
from corpus.layouts.placing import DraftRow
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape
from corpus.layouts.tokens import Token

_SHORT_NAME = re.compile(r"\s*([\u4e00-\u9fff]{2,8})\s+$")
_AMOUNT = re.compile(r"\s*(-?[\d,]+(?:\.\d+)?)\s*(万元|亿元|元|分|%)?\s*$")


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """Every label with its text; those that are an amount become rows with one figure. None where no label is known."""
    parts = _split(lines, shape)
    if not parts:
        return None
    texts: list[NamedText] = []
    rows: list[DraftRow] = []
    for label, own, offset in parts:
        body = [line for line in own if line.text.strip()]
        pieces = [line.text[offset:] if at == 0 else line.text for at, line in enumerate(body)]
        text = "".join(piece.strip() for piece in pieces)
        first = body[1] if len(body) > 1 and not pieces[0].strip() else body[0]  # the label may stand alone on its line
        texts.append(NamedText(label, text, first.page, first.number, body[-1].number))
        figure = _figure(body, pieces) if _is_amount(label, shape) else None
        if figure:
            rows.append(DraftRow(label, "", None, None, "", tuple(body), body[0], (figure,), 0, (0,)))
    return Draft("named_texts", (Column(0, ()),), tuple(rows), (), tuple(texts), unit="")


def _split(lines: Sequence[Line], shape: TableShape) -> list[tuple[str, list[Line], int]]:
    """(label, its lines, where the text begins in the first one)."""
    parts: list[tuple[str, list[Line], int]] = []
    ended = True
    for line in lines:
        if not line.text.strip():
            if parts:
                parts[-1][1].append(line)
            continue
        label, offset = _label_at(line.text, shape, ended)
        if label:
            parts.append((label, [line], offset))
        elif parts:
            parts[-1][1].append(line)
        ended = bool(re.search(r"[。！？”]\s*$", line.text)) or bool(label and line.text[offset:].strip())
    return parts


def _label_at(text: str, shape: TableShape, ended: bool) -> tuple[str, int]:
    """A known label at the start of a line, or after a finished text a short name alone on its line."""
    for name in sorted(shape.labels, key=len, reverse=True):
        match = re.match(r"\s*" + r"\s*".join(name) + r"(?=[\s:：]|$)[\s:：]*", text)
        if match:
            return name, match.end()
    match = _SHORT_NAME.match(text) if ended else None
    return (match.group(1), match.end()) if match else ("", 0)


def _is_amount(label: str, shape: TableShape) -> bool:
    return any(re.fullmatch(amount.label, label) for amount in shape.amounts)


def _figure(lines: Sequence[Line], pieces: Sequence[str]) -> Token | None:
    """The figure where a text is nothing but one, with the unit printed behind it kept in its text."""
    for line, piece in zip(lines, pieces, strict=True):
        match = _AMOUNT.match(piece)
        if not match:
            continue
        offset = len(line.text) - len(piece) + match.start(1)
        return Token(piece.strip(), True, Decimal(match.group(1).replace(",", "")), line, offset, 1)
    return None
