"""Question/passage pairs to train the shipped model on, all generated: no question of the scripted set is among them.

Three sources: the passages of the corpus (headings, sentences and their parts ask for the passage
they stand in), the topics of the national template (everyday questions ask for the passages about
them), and the names of the classification (a short name, an everyday name, an official name belong together).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.embedding.recipe import Recipe
from corpus.embedding.topics import Name, Topic, load_names, load_topics
from corpus.passages import Passage, document_to_passages
from corpus.readers import read_report

REPORTS = Path(__file__).parents[1] / "reports"
# What the shipped model was trained on. A new alias or another cut of the passages does not change it,
# `make model` does.
SNAPSHOT = Path(__file__).parent / "pairs.json"

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
# How many of a name's everyday wordings are asked about one passage.
WORDINGS = 12
# How many short cuts are taken of one clause.
CUTS = 4
MANY = 4
CELLS = ("table", "row-group")


@dataclass(frozen=True, slots=True)
class Pair:
    """``question`` should come to lie near ``passage``."""

    question: str
    passage: str


def write_pairs(pairs: Sequence[Pair], path: Path = SNAPSHOT) -> None:
    """Keep what a model is trained on beside it: for each passage the questions that should find it."""
    asked: dict[str, list[str]] = {}
    for pair in pairs:
        asked.setdefault(pair.passage, []).append(pair.question)
    path.write_text(json.dumps(asked, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def read_pairs(path: Path = SNAPSHOT) -> list[Pair]:
    """What ``write_pairs`` kept, in the order of the file."""
    asked = json.loads(path.read_text(encoding="utf-8"))
    return [Pair(question, passage) for passage, questions in asked.items() for question in questions]


def corpus_pairs(recipe: Recipe) -> list[Pair]:
    """The pairs of the recipe's reports. Raises ``UnreadableReport`` when one of them cannot be read."""
    pairs: list[Pair] = []
    for name in recipe.reports:
        document = read_report(REPORTS / name)
        passages = document_to_passages(document)
        pairs += passages_to_pairs(passages, load_topics(), load_names(), document.department, recipe.seed)
    return list(dict.fromkeys(pairs))


def passages_to_pairs(
    passages: Sequence[Passage], topics: Sequence[Topic], names: Sequence[Name], department: str, seed: int
) -> list[Pair]:
    """Every pair, each once, in an order that depends on the arguments only."""
    chance = random.Random(seed)
    pairs: list[Pair] = []
    for passage in passages:
        pairs += [Pair(question, passage.text) for question in _own_words(passage, chance)]
    for name in names:
        about = [passage for passage in passages if _is_about(passage, name.official)]
        # What many passages are about tells none of them from the others.
        for passage in about if len(about) <= MANY else []:
            pairs += [Pair(question, passage.text) for question in _ask_of(name, passage, chance)]
    for topic in topics:
        for passage in _about_topic(topic, passages):
            asked = [question.replace("{d}", chance.choice((department, *_SELF))) for question in topic.ask]
            pairs += [Pair(question, passage.text) for question in asked]
    pairs += list(_name_pairs(names))
    pairs += [Pair(cue, term) for topic in topics for cue in topic.cues for term in topic.terms]
    unique = dict.fromkeys(pair for pair in pairs if pair.question.strip() and pair.question != pair.passage)
    return list(unique)


def _own_words(passage: Passage, chance: random.Random) -> Iterator[str]:
    """The headings; of running text also sentences without their amounts, single clauses and short cuts of them."""
    yield passage.title
    if passage.kind in CELLS:
        return
    for sentence in _SENTENCE.split(passage.body):
        yield _AMOUNT.sub("", sentence).strip()
    for clause in _CLAUSE.split(passage.body):
        words = _AMOUNT.sub("", clause).strip()
        if len(words) >= 3:
            yield words
        for _ in range(CUTS if len(words) >= 6 else 0):
            size = chance.randint(3, min(8, len(words)))
            start = chance.randint(0, len(words) - size)
            cut = words[start : start + size]
            yield chance.choice(("{x}", "{x}是什么", "有没有{x}", "{x}怎么做", "谁{x}", "{x}吗")).format(x=cut)


def _ask_of(name: Name, passage: Passage, chance: random.Random) -> Iterator[str]:
    """Questions for something the passage is about, in its own and in everyday words."""
    for wording in (name.official, *chance.sample(name.everyday, min(WORDINGS, len(name.everyday)))):
        yield chance.choice(_OF_NAME).format(x=wording)
        if passage.kind in CELLS:
            continue
        for saying, patterns in _OF_SAYING.items():
            if saying in passage.body:
                yield chance.choice(patterns).format(x=wording)


def _is_about(passage: Passage, name: str) -> bool:
    """Named in the title or before the first comma, not just mentioned (tables mention everything)."""
    return name in passage.title or name in _CLAUSE.split(passage.body, maxsplit=1)[0]


def _about_topic(topic: Topic, passages: Sequence[Passage]) -> list[Passage]:
    """The passages below a heading with one of the topic's terms; where there is none, those that say the first."""
    headed = [p for p in passages if any(term in heading for heading in (*p.path, p.title) for term in topic.terms)]
    texts = [passage for passage in headed if passage.kind not in CELLS]
    return texts or headed or [p for p in passages if p.kind not in CELLS and topic.terms[0] in p.body][:MANY]


def _name_pairs(names: Sequence[Name]) -> Iterator[Pair]:
    for name in names:
        for wording in name.everyday:
            yield Pair(wording, name.official)
