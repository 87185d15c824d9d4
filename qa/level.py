"""What the report says has not changed: 「公务用车运行维护费156.60万元，与上年数一致」, 「三公经费…与2024年预算持平」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.statements.naming import clean_item, strip_lead
from corpus.statements.sentences import text_to_sentences
from corpus.statements.vocabulary import load_vocabulary
from qa.plan import Ref
from qa.shelf import Shelf
from qa.standins import called_in_prose

_LEVEL = re.compile(
    r"(?P<item>[^；;。，,：:]{2,40}?)(?:(?:为|是)?\d[\d,]*(?:\.\d+)?(?:万元|亿元|元)[，,])?"
    r"(?:与|和|同|较|比)(?P<year>\d{4}年度?|上年度?|上一年度?|去年)(?:预算|决算|执行|支出|同期)*数?(?:相比|比)?(?:基本)?"
    r"(?:持平|一致|相同|一样|无变化|没有变化)"
)
_ENDING = re.compile(r"(?:(?:财政拨款)?支出)?(?:年初)?(?:决算|预算)*数?$")

_CLASSED = re.compile(r"^(?:.*[（(][类款][）)])?(?P<own>[^（）()]+)[（(][类款项][）)]$")


@dataclass(frozen=True, slots=True)
class Level:
    """A sentence that says an item is as it was the year before, and where it stands."""

    sentence: str
    section: str
    page: int
    line: int


def level_with_before(ref: Ref, shelf: Shelf) -> Level | None:
    """The report's own sentence that what ``ref`` names did not change from the year before; None where it has none."""
    names = shelf.catalogue.names
    wanted = called_in_prose({item for name in ref.names for item in name.items})
    year = str(shelf.catalogue.info.year - 1)
    for item, said, level in _stated(shelf):
        if said[:4].isdigit() and said[:4] != year:
            continue
        spoken = {names.canonical(item), names.canonical(_ENDING.sub("", item))}
        if spoken & wanted:
            return level
    return None


def _stated(shelf: Shelf) -> Iterator[tuple[str, str, Level]]:
    """Each item that is said to be level, the year it is compared with, and the sentence."""
    words, department = load_vocabulary(), shelf.catalogue.info.department
    for paragraph in shelf.store.paragraphs(shelf.report):
        for sentence in text_to_sentences(paragraph.text):
            text = re.sub(r"\s+", "", sentence.text)
            for match in _LEVEL.finditer(text):
                page, line = paragraph.place(sentence.start)
                item = clean_item(strip_lead(match["item"], department, words).text)
                item = _CLASSED.sub(lambda m: m["own"], item)
                yield item, match["year"], Level(sentence.text, " › ".join(paragraph.section), page, line)
