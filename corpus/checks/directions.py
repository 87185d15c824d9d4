"""Words of direction (大于、小于、持平；增加、减少) against the signs of the figures they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.checks.book import Book
from corpus.checks.claims import Claim, Formula, Relation, Term
from corpus.checks.discrepancy import fact_name, is_money
from corpus.checks.verdict import judge
from corpus.document import Paragraph
from corpus.facts import Fact
from corpus.statements.naming import core
from corpus.statements.sentences import text_to_sentences
from corpus.statements.vocabulary import Vocabulary, load_vocabulary

_BUDGET = r"(?:年初|调整后?|全年)?(?:预算|年初预算)(?:数|额|金额)?"
_AGAINST_BUDGET = re.compile(
    rf"(?:^|[，；。：、])(?P<lead>[^，；。：]*?)(?:支出|收入)?(?:决算)(?:数|额|金额)?"
    rf"(?:(?P<above>大于|高于|多于|超过|超出)|(?P<below>小于|低于|少于)|(?P<same>等于)|"
    rf"[与和同](?={_BUDGET}(?:持平|一致|相同|相等)))(?P<budget>{_BUDGET})(?P<even>持平|一致|相同|相等)?"
)
_CHANGED = re.compile(r"(?:^|[，；。：])(?P<lead>[^，；。：\d]*?)(?:的)?主要(?:原因|是由于|是因为)")


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of direction in a sentence: ``lead`` names the item or is ""; ``words`` as printed."""

    about: Literal["budget", "change"]
    relation: Relation
    lead: str
    words: str


def directions(book: Book, paragraphs: Sequence[Paragraph]) -> Iterator[Claim]:
    """「决算数大于预算数」 where the stated budget is larger; 「支出减少的主要原因」 of what is stated to have grown."""
    words = load_vocabulary()
    for paragraph in paragraphs:
        section = " › ".join(paragraph.section)
        lines = set(paragraph.lines)
        stated = [fact for fact in book.sentences if fact.section == section and fact.line in lines]
        seen: set[str] = set()
        for sentence in text_to_sentences(paragraph.text):
            before = [fact for fact in stated if fact.text in seen or fact.text == sentence.text]
            for said in _sentence_to_said(re.sub(r"\s+", "", sentence.text), words):
                yield from _claims(book, said, before)
            seen.add(sentence.text)


def _sentence_to_said(text: str, words: Vocabulary) -> Iterator[_Said]:
    for match in _AGAINST_BUDGET.finditer(text):
        relation: Relation = "above" if match["above"] else "below" if match["below"] else "equal"
        printed = match.group()[match.end("lead") - match.start() :].lstrip("，；。：、")
        yield _Said("budget", relation, match["lead"], printed)
    for match in _CHANGED.finditer(text):
        found = [] if "预算" in match["lead"] else words.direction.findall(match["lead"])
        ways = {word in words.down for word in found}
        if len(ways) == 1:  # 「增减变化」 names no direction
            name = words.direction.split(match["lead"])[0]
            yield _Said("change", "below" if ways.pop() else "above", name, match["lead"])


def _claims(book: Book, said: _Said, before: Sequence[Fact]) -> Iterator[Claim]:
    """A claim about the figure that is meant. Words that name no item may mean any figure of the sentence before them:
    where they are true of one, they are not held against the others."""
    measure = "final" if said.about == "budget" else "change"
    amounts = [fact for fact in before if fact.measure == measure and is_money(fact)]
    claims = [claim for fact in _meant(said.lead, amounts) if (claim := _claim(book, said, fact)) is not None]
    if claims:
        yield next((claim for claim in claims if judge(claim).outcome == "holds"), claims[0])


def _claim(book: Book, said: _Said, fact: Fact) -> Claim | None:
    words = f"说明写明「{said.words}」"
    if said.about == "change":
        return (
            Claim("direction", fact, Formula((), fact.unit), "不增不减", said.relation, said=words)
            if fact.value
            else None
        )
    budgets = [other for other in book.amounts(fact, fact.item, "budget") if other.value is not None]
    if not budgets:
        return None
    formulas = [Formula((Term(other),), fact.unit) for other in budgets]
    return Claim("direction", fact, formulas[0], fact_name(budgets[0]), said.relation, tuple(formulas[1:]), said=words)


def _meant(lead: str, amounts: Sequence[Fact]) -> list[Fact]:
    """The amounts the words may be about, the likeliest first: of the item they name; where they name none, those of the
    last sentence that states any."""
    name = core(re.sub(r"^.*?(?:19|20)\d\d年度?|比.*$|较.*$|与.*$", "", lead))
    if name:
        return [fact for fact in reversed(amounts) if core(fact.item) == name][:1]
    return [fact for fact in reversed(amounts) if fact.text == amounts[-1].text]
