"""The words of corpus/taxonomy/statements.toml, as the regular expressions the grammar is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled patterns, each over text without spaces; see statements.toml for the words."""

    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    counted_after: re.Pattern[str]
    parts: re.Pattern[str]
    introduces: re.Pattern[str]
    prior_amount: re.Pattern[str]
    compare: re.Pattern[str]
    against_budget: re.Pattern[str]
    change: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    budget: re.Pattern[str]
    final: re.Pattern[str]
    rate: re.Pattern[str]
    reason: re.Pattern[str]
    purpose: re.Pattern[str]
    absence: re.Pattern[str]
    direction: re.Pattern[str]
    down: frozenset[str]
    score: frozenset[str]
    attribute: frozenset[str]
    unit_nouns: dict[str, str]
    unit_verbs: frozenset[str]
    staged: re.Pattern[str]


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    source = resources.files("corpus").joinpath("taxonomy/statements.toml")
    return _compile(tomllib.loads(source.read_text(encoding="utf-8")))


def _any(words: Iterable[str]) -> str:
    """The alternatives, longest first; words may hold lookarounds."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _compile(words: dict[str, Any]) -> Vocabulary:
    budget = rf"(?:(?<!公共)(?<!基金)(?<!经营)(?<!保险){_any(words['budget_words'])})"
    prior = _any(words["prior_year"])
    up, down = words["up"], words["down"]
    tail = r"(?:为|是|达到?|约|共计?|均|各|：|:)*"
    same = r"(?:年度?)?(?:同期)?(?:的)?(?:支出|收入)?(?:预算)?(?:决算|执行|实际)?(?:数|额|金额)?"
    planned = _any(words["budget_words"])
    reference = rf"(?:{YEAR}年度?的?(?={planned}))?(?P<ref>{YEAR}(?=年)|{prior}|{budget})"
    return Vocabulary(
        leading=re.compile(rf"{_any(words['leading'])}"),
        trailing=re.compile(rf"{_any(words['trailing'])}$"),
        counted_after=re.compile(rf"(?:^|.*?[^\d]){_any(words['counted_after'])}$"),
        parts=re.compile(rf"(?:^|[，；。：:、])\s*{_any(words['parts'])}"),
        introduces=re.compile(rf"(?P<name>.{{2,}}?){_any(w for w in words['parts'] if len(w) > 3)}"),
        prior_amount=re.compile(rf"{prior}(?=(?:支出|收入)?决算|支出|数|实际|为|$)"),
        compare=re.compile(rf"(?:[与同和比较](?:去年)?|(?=同比)){reference}{same}(?:相比较?|比较|对比|比)?[，,]?"),
        against_budget=re.compile(
            r"^(?P<item>.*?)(?:支出)?(?:决算)?数?(?:[大小高低多少]于|超出|超过)"
            rf"(?P<ref>{budget})数?{tail}$"
        ),
        change=re.compile(
            rf"^(?P<item>.*?)(?:[各均共净约]|分别|合计|共计)*(?P<verb>{_any([*up, *down])})"
            rf"(?:了|额|数|金额|幅度|率)?{tail}$"
        ),
        share=re.compile(
            rf"^(?P<item>.*?)(?:[各约]|分别)?(?:所)?占(?P<basis>.*?)的?(?:比重|比例|比率|百分比|比)?{tail}$"
        ),
        completion=re.compile(
            rf"^(?P<item>.*?)(?:支出)?(?:决算)?数?(?:(?:完成|达到?|占|为|执行)了?(?P<col>{budget})数?(?:安排)?(?:金额)?的?"
            rf"|(?P<rate>(?:{budget}|^)完成(?:率|比例)?)){tail}$"
        ),
        budget=re.compile(rf"^(?P<item>.*?)的?(?P<col>总?{budget}(?:数|金额|资金)?)(?:安排)?{tail}$"),
        final=re.compile(rf"^(?P<item>.*?)(?P<col>(?:支出|收入)?(?<!总)决算)(?:数|总额|金额|额)?(?:支出)?{tail}$"),
        rate=re.compile(rf"^(?P<item>.*?)(?P<col>[\u4e00-\u9fff]{{0,8}}率){tail}$"),
        reason=re.compile(
            rf"(?:的)?(?P<mark>{_any(words['reason'])})(?:是由于|是因为|是|为|在于|如下|有)?[：:，,]?(?:是|由于|因为)?"
        ),
        purpose=re.compile(rf"(?P<mark>{_any(words['purpose'])})[：:]?"),
        absence=re.compile(rf"^(?P<mark>{_any(words['absence'])})(?P<item>.+)$"),
        direction=re.compile(_any([*up, *down])),
        down=frozenset(down),
        score=frozenset(words["score"]),
        attribute=frozenset(words["attribute"]),
        unit_nouns=dict(words["unit_nouns"]),
        unit_verbs=frozenset(words["unit_verbs"]),
        staged=re.compile(rf"(?P<what>.*?)(?P<stage>{_any(words['stages'])})"),
    )
