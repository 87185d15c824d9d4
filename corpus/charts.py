"""The words and numbers drawn in a chart (图1：…): labels of a picture, no sentences, which repeat what the text says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.document import Paragraph
from corpus.paragraphs import marker_level

_CAPTION = re.compile(r"^[（(]?(?:附?图|图表)\s*[\d一二三四五六七八九十]{1,3}(?:[-.]\d+)?[：:、.．\s]?.{0,50}$")
_SENTENCE = re.compile(r"[。；，！？]")
_LONGEST = 60  # characters; a line of labels is shorter than a sentence


def chart_paragraphs(paragraphs: Sequence[Paragraph]) -> frozenset[Paragraph]:
    """The captions of charts and, beside each, the paragraphs that are labels only."""
    found: set[Paragraph] = set()
    for at, paragraph in enumerate(paragraphs):
        if not _CAPTION.match(paragraph.text.strip()) or _SENTENCE.search(paragraph.text):
            continue
        found.add(paragraph)
        for beside in (reversed(paragraphs[:at]), iter(paragraphs[at + 1 :])):
            found |= set(takewhile(lambda other: _is_label(other) and other.section == paragraph.section, beside))  # noqa: B023
    return frozenset(found)


def chart_lines(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The numbers of the lines that charts take."""
    return frozenset(line for paragraph in chart_paragraphs(paragraphs) for line in paragraph.lines)


def _is_label(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) <= _LONGEST and not _SENTENCE.search(text) and not marker_level(text)
