"""Department and year, from the report's title line (or, where it has none, from its headings)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Line, Section
from corpus.paragraphs import marker_level

_YEAR = r"(?P<year>(?:19|20)\s?\d\s?\d|二[〇○零O0][〇○零一二三四五六七八九]{2})\s*年?\s*度?"
_ACCOUNTS = r"(?:部门|单位|汇总|收支|财务|财政|区级|市级|省级|县级|本级)*\s*(?:决算|预算)"
_NAME = r"(?P<name>[^\d。，；：]{2,40}?)"
_NAME_FIRST = re.compile(rf"^\s*{_NAME}\s*(?:部门|单位)?\s*{_YEAR}\s*{_ACCOUNTS}")
_YEAR_FIRST = re.compile(rf"^\s*{_YEAR}\s*{_NAME}\s*{_ACCOUNTS}")
_DECLARED = re.compile(
    r"^\s*(?:预算主管|编制|填报|公开)?(?:部门|单位)(?:名称)?\s*[:：]\s*(?P<name>[\u4e00-\u9fff（）()]{4,40})(?=\s|$)"
)
_PART = re.compile(r"^\s*第[一二三四五六七八九十\d]+部分\s*")
# 「2021年度支出决算表」 names a table, not who it is of.
_NO_NAME = re.compile(
    r"(?:部门|单位|收支|收入|支出|汇总|年度|公开|财政拨款|一般公共|政府性基金|国有资本经营|预算|基本|项目|[“”]?三公[“”]?经费|及|和|总)+"
)
_OF_YEAR = re.compile(rf"(?:^|\s){_YEAR}(?=\s|$|.{{0,30}}(?:决算|预算).{{0,6}}表)")
_TITLE_LINES = 12  # a cover wraps its title over a few lines
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` as printed, wrapped lines joined."""

    department: str
    year: int
    text: str


def find_title(lines: Sequence[Line], sections: Sequence[Section]) -> Title | None:
    """The report's title: on its cover, wrapped or not, else in a heading; None where there is none.

    A part of a wrapped title can look like a whole one, so the longest name that the report uses again wins.
    """
    titles = [title for title in map(text_to_title, _candidates(lines, sections)) if title is not None]
    whole_text = re.sub(r"\s", "", "".join(line.text for line in lines))
    used = [title for title in titles if whole_text.count(title.department) > 1]
    best = max(used, key=lambda title: len(title.department), default=titles[0] if titles else None)
    declared = next((match["name"] for line in lines if (match := _DECLARED.match(line.text))), "")
    # 「上海市普陀区2025年区级部门预算」 names a region only; who it is of stands in a line of its own.
    if best is not None and declared.startswith(best.department):
        return replace(best, department=declared)
    return best or _declared_title(lines, declared)


def _declared_title(lines: Sequence[Line], department: str) -> Title | None:
    """The title of tables without a cover: whose they are and of which year is said above each of them."""
    year = next((match["year"] for line in lines if (match := _OF_YEAR.search(line.text))), "")
    if not department or not year:
        return None
    kind = "决算" if any("决算" in line.text for line in lines) else "预算"
    return Title(department, _year(year), f"{department}{_year(year)}年度部门{kind}")


def text_to_title(text: str) -> Title | None:
    """「某部门 2016 年度部门决算」 or 「2016 年度某部门决算」 taken apart; None for any other text."""
    match = _NAME_FIRST.match(text) or _YEAR_FIRST.match(text)
    if match is None:
        return None
    year = _year(match["year"])
    department = re.sub(r"\s", "", match["name"])
    if _NO_NAME.fullmatch(department):
        return None
    return Title(department, year, re.sub(r"\s+", " ", text).strip())


def _year(printed: str) -> int:
    return int(re.sub(r"\s", "", printed).translate(_DIGITS))


def is_title(text: str) -> bool:
    """Whether the whole text is a report's title and nothing more."""
    match = _NAME_FIRST.match(text) or _YEAR_FIRST.match(text)
    return match is not None and len(text.rstrip()) - match.end() <= 6


def _candidates(lines: Sequence[Line], sections: Sequence[Section]) -> Iterator[str]:
    first = sections[0].first_line if sections else len(lines) + 1
    cover = [line.text.strip() for line in lines if line.number < first and line.text.strip()]
    cover = [text for text in cover if not marker_level(text) and not re.fullmatch(r"目\s*录", text)][:_TITLE_LINES]
    yield from cover
    # A wrapped title: two or three lines of the cover in a row.
    yield from (first + second for first, second in pairwise(cover))
    yield from ("".join(three) for three in zip(cover, cover[1:], cover[2:], strict=False))
    for section in sections:
        yield re.sub(r"^[一二三四五六七八九十]+、\s*(?:关于)?", "", _PART.sub("", section.title))
