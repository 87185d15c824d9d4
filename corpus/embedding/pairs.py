"""Question/passage pairs to train the shipped model on, all generated: no question of the scripted set is among them.

Three sources: the passages of the corpus (headings, sentences and their parts ask for the passage
they stand in), the topics of the national template (everyday questions ask for the passages about
them), and the names of the classification (a short name, an everyday name, an official name belong together).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.embedding.topics import Name, Topic
from corpus.passages import Passage

_SENTENCE = re.compile(r"[。！？；\n]+")
_CLAUSE = re.compile(r"[，、：。！？；\n]+")
_AMOUNT = re.compile(r"\d[\d,.]*\s*(万元|%|％|元|分|个|辆|人次|批次)?")
_SELF = ("这个单位", "你们", "该部门", "单位", "")

# How people ask for anything that has a name: {x} is the name.
_OF_NAME = (
    "{x}",
    "{x}是多少",
    "{x}花了多少钱",
    "{x}有多少",
    "{x}情况怎么样",
    "{x}的情况说明",
    "{x}包括什么",
    "介绍一下{x}",
    "关于{x}的说明",
    "{x}怎么样",
)
# ... and for what a passage says of it, where the passage holds the word on the left.
_OF_SAYING = {
    "原因": ("为什么{x}变了", "{x}为什么增加", "{x}为什么减少", "{x}变化的原因", "为啥{x}这么多"),
    "用于": ("{x}用在哪里", "{x}用来干什么", "{x}主要用于什么", "{x}买了什么"),
    "预算": ("{x}超预算了吗", "{x}预算完成得怎么样", "{x}决算和预算差多少"),
    "占": ("{x}占多少比例", "{x}的比重"),
    "开支内容": ("{x}开支内容有哪些", "{x}的钱花在什么项目上"),
    "年度相比": ("{x}和上年比怎么样", "{x}比去年多了多少"),
    "比 201": ("{x}和上年比怎么样", "{x}比去年少了多少"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """``question`` should come to lie near ``passage``."""

    question: str
    passage: str


def passages_to_pairs(
    passages: Sequence[Passage], topics: Sequence[Topic], names: Sequence[Name], department: str, seed: int
) -> list[Pair]:
    """Every pair, each once, in an order that depends on the arguments only."""
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for passage in passages:
        pairs += [Pair(question, passage.text) for question in _own_words(passage, chance)]
        pairs += [Pair(question, passage.text) for question in _names_in(passage, names, chance)]
        pairs += [Pair(question, passage.text) for question in _topics_of(passage, topics, department, chance)]
    pairs += list(_name_pairs(names))
    pairs += [Pair(cue, term) for topic in topics for cue in topic.cues for term in topic.terms]
    unique = dict.fromkeys(pair for pair in pairs if pair.question.strip() and pair.question != pair.passage)
    return list(unique)


def _own_words(passage: Passage, chance: random.Random) -> Iterator[str]:
    """The headings, the sentences without their amounts, single clauses and short cuts of them."""
    yield from passage.path
    yield passage.title
    for sentence in _SENTENCE.split(passage.body):
        yield _AMOUNT.sub("", sentence).strip()
    for clause in _CLAUSE.split(passage.body):
        words = _AMOUNT.sub("", clause).strip()
        if len(words) >= 3:
            yield words
        if len(words) >= 8:
            size = chance.randint(4, 7)
            start = chance.randint(0, len(words) - size)
            cut = words[start : start + size]
            yield chance.choice(("{x}", "{x}是什么", "有没有{x}", "{x}怎么做", "谁{x}", "{x}吗")).format(x=cut)


def _names_in(passage: Passage, names: Sequence[Name], chance: random.Random) -> Iterator[str]:
    """Questions for every name the passage holds, in its own and in everyday words."""
    for name in names:
        if name.official not in passage.text:
            continue
        for wording in (name.official, *name.everyday):
            yield chance.choice(_OF_NAME).format(x=wording)
            for saying, patterns in _OF_SAYING.items():
                if saying in passage.body:
                    yield chance.choice(patterns).format(x=wording)


def _topics_of(passage: Passage, topics: Sequence[Topic], department: str, chance: random.Random) -> Iterator[str]:
    heading = "".join((*passage.path, passage.title))
    for topic in topics:
        weight = 2 if any(term in heading for term in topic.terms) else 0
        weight = weight or (1 if topic.terms[0] in passage.text else 0)
        for _ in range(weight):
            for question in topic.ask:
                yield question.replace("{d}", chance.choice((department, *_SELF)))


def _name_pairs(names: Sequence[Name]) -> Iterator[Pair]:
    for name in names:
        for wording in name.everyday:
            yield Pair(wording, name.official)
            yield Pair(f"{wording}花了多少", name.official)
