"""The lexicons: what is shared by all reports (taxonomy and grammar), and each report's own names over it."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

from corpus.taxonomy import taxonomy
from qa.catalogue import Catalogue
from qa.names import variants
from qa.understand.indicators import indicator_words
from qa.understand.lexer import Lexicon, Sense
from qa.understand.normalise import normalise_name
from qa.understand.spoken import (
    department_names,
    fragments_of,
    only_its_stem,
    own_item,
    own_long_names,
    parts_of_counts,
    ratings,
    self_words,
    spoken_forms,
    terms_of,
    thresholds,
    titles,
    without_region,
)
from qa.understand.unit_words import unit_words

_GRAMMAR = ("grammar.toml", "talk.toml", "english.toml", "english_more.toml")
_LEAST_FRAGMENT = 3
_LISTS = (
    ("verify_words.list", "ask", "yesno"),
    ("rumour_words.list", "filler", "source"),
    ("empty_words.list", "filler", "plain"),
    ("colour_words.list", "colour", "any"),
    ("verb_words.list", "act", "any"),
)
_PRONOUNS = frozenset({"it"})  # IT, lower-cased
_COMPOSABLE = frozenset({"measure", "filler", "item", "bare", "ask", "op"})
_HARMLESS = frozenset({"filler", "ask", "copula", "join"})
# What words of these kinds say besides, by what stands inside them.
_ASKS = frozenset({"measure", "filler", "op", "count"})
_MEASURES = frozenset({"measure"})
_IMPLIED: tuple[tuple[re.Pattern[str], str, str, frozenset[str]], ...] = (
    (re.compile("多少|(?<!哪)几"), "ask", "amount", _ASKS),
    (re.compile("百分|几成|率|幅|几倍|多少倍"), "op", "rate", _MEASURES),
    (re.compile("合计|一共|总共|共计|总计|总额|加起来"), "op", "sum", _ASKS),
    (re.compile(r"有没有|是否|是不是|.没有$|了没|够吗|够不够|还是|(.)[没不]\1"), "ask", "yesno", _MEASURES),
    (re.compile("增|涨|升|多(?!少)|提高|翻"), "op", "up", frozenset({"change"})),
    (re.compile("减|降|(?<!多)少|跌|压|缩|削|砍"), "op", "down", frozenset({"change"})),
    (re.compile("去年|上年|上一年|前一年"), "period", "prior", _MEASURES),
    (re.compile("人"), "per", "人次", frozenset({"average"})),
    (re.compile("批|拨"), "per", "批次", frozenset({"average"})),
    (re.compile("辆|车|台"), "per", "辆", frozenset({"average"})),
    (re.compile("团"), "per", "个", frozenset({"average"})),
    (re.compile("次$|趟|次均|每次|一次|顿|餐"), "per", "次", frozenset({"average"})),
    (re.compile("月"), "per", "月", frozenset({"average"})),
    (re.compile("天|日"), "per", "日", frozenset({"average"})),
)
# Concepts that are texts of the report rather than figures, and what a question for them asks.
_TEXTS = {
    "主要职能": ("section", "职能"),
    "机构设置": ("section", "机构设置"),
    "派出机构": ("section", "机构设置"),
    "名词解释": ("ask", "define"),
}
# 接待了多少批 is 接待 and 多少批: what is counted is found from the two.
_ASKING = re.compile("多少|几")


class _Surfaces:
    """Collects senses of surfaces."""

    def __init__(self) -> None:
        self.all: dict[str, list[Sense]] = defaultdict(list)

    def add(self, surface: str, kind: str, value: str) -> None:
        sense = Sense(kind, value)
        if surface and sense not in self.all[surface]:
            self.all[surface].append(sense)

    def drop_composites(self, kept: set[str]) -> None:
        """Leaves out words that say no more than the two known words they are made of: 预算是多少 = 预算 + 是多少."""
        for word in sorted(self.all, key=len, reverse=True):
            senses = set(self.all[word])
            if len(word) < 3 or word in kept or word.isascii() or not {s.kind for s in senses} <= _COMPOSABLE:
                continue
            for at in range(1, len(word)):
                first, second = self.all.get(word[:at], ()), self.all.get(word[at:], ())
                empty = first and second and all(s.kind == "filler" for s in senses) and _ASKING.search(word)
                if empty or _carries(first, second, senses) or _carries(second, first, senses):
                    del self.all[word]
                    break

    def imply(self) -> None:
        """Adds what a longer word says by the words inside it: 超支多少 also asks for an amount."""
        for word, senses in self.all.items():
            kinds = {s.kind for s in senses} | {s.value.removesuffix("_rate") for s in senses if s.kind == "measure"}
            for pattern, kind, value, within in _IMPLIED:
                if kinds & within and not kinds & {"item", "table"} and pattern.search(word):
                    self.add(word, kind, value)

    def lexicon(self, shared: Lexicon | None = None, preferred: Iterable[str] = ()) -> Lexicon:
        return Lexicon({s: tuple(senses) for s, senses in self.all.items()}, shared, frozenset(preferred))


@cache
def shared_lexicon() -> Lexicon:
    """Names of the classification and the template, measures, grammar, empty words, topics outside the reports."""
    surfaces = _Surfaces()
    data = taxonomy()
    figures = [entry for entry in data.entries if entry.kind != "list"]
    for entry in figures:
        for printed in entry.names:
            for form in variants(printed):
                surfaces.add(form, "item", entry.name)
    exact = set(surfaces.all)
    for entry in figures:
        for spoken in sorted({form for printed in entry.names for form in spoken_forms(printed)} - exact):
            # What one name is when shortened is no other's full name.
            surfaces.add(spoken, "item", entry.name)
    official = set(surfaces.all)
    for entry in figures:
        for kind, words in (("item", entry.everyday), ("bare", entry.bare), ("part", entry.part)):
            for word in words:
                # What is one item's own name is no other's everyday word.
                plain = normalise_name(word)
                if plain in _PRONOUNS:
                    continue
                if (plain not in official or kind == "bare") and not _ASKING.search(plain):
                    surfaces.add(plain, kind, entry.name)
    for entry in data.entries:
        if entry.kind == "list":
            kind, value = _TEXTS.get(entry.name, ("named", entry.name))
            for word in (*entry.names, *entry.everyday):
                surfaces.add(normalise_name(word), kind, value)
    for measure in data.measures:
        for word in measure.words:
            surfaces.add(normalise_name(word), "measure", measure.name)
    for topic in data.outside:
        for word in topic.words:
            surfaces.add(normalise_name(word), "outside", topic.name)
    for group in data.fillers:
        for word in group.words:
            surfaces.add(normalise_name(word), "filler", group.role or group.name)
            if group.role == "which" and "哪" in word:
                surfaces.add(normalise_name(word), "ask", "which")
    for kind, value, word in grammar():
        surfaces.add(word, kind, value)
    for kind, value, word in _composed():
        if not surfaces.all.get(word):
            surfaces.add(word, kind, value)
    for word in _plain_words({w for w, senses in surfaces.all.items() if any(s.kind != "filler" for s in senses)}):
        if not surfaces.all.get(word):
            surfaces.add(word, "filler", "plain")
    for name, kind, value in _LISTS:
        for word in _listed_words(name):
            if not surfaces.all.get(word):
                surfaces.add(word, kind, value)
    for unit, many in product(_listed_words("measure_words.list"), ("多少", "几")):
        surfaces.add(f"{many}{unit}", "count", unit)
    surfaces.drop_composites(official)
    surfaces.imply()
    return surfaces.lexicon(preferred=official)


def grammar() -> Iterator[tuple[str, str, str]]:
    """The words of the grammar with what they mean: kind, value, word."""
    for name in _GRAMMAR:
        with (Path(__file__).parent / name).open("rb") as file:
            for kind, values in tomllib.load(file).items():
                for value, table in values.items():
                    for word in table["words"]:
                        yield kind, value, normalise_name(word) if not word.isascii() else word


def _composed() -> Iterator[tuple[str, str, str]]:
    """Words put together from parts (composed.toml), with their sense."""
    path = Path(__file__).with_name("composed.toml")
    for table in tomllib.loads(path.read_text(encoding="utf-8"))["compose"]:
        for parts in product(*table["parts"]):
            yield table["kind"], table["value"], normalise_name("".join(parts))


def _plain_words(telling: set[str]) -> Iterator[str]:
    """Words that carry nothing: function words, and verbs and phrases of everyday speech in their forms.

    Verbs that tell something by themselves (``telling``: 开销 is also the side of the accounts) take no endings here.
    """
    folder = Path(__file__).parent
    yield from _listed_words("function_words.list")
    with (folder / "plain_words.toml").open("rb") as file:
        data = tomllib.load(file)
    yield from data["phrases"]["words"]
    for verb in data["verbs"]["words"]:
        if verb in telling:
            continue
        yield from (verb + ending for ending in data["verbs"]["endings"])


def _listed_words(name: str) -> Iterator[str]:
    """The words of a list beside this file, a line each; # begins a remark."""
    path = Path(__file__).with_name(name)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def report_lexicon(catalogue: Catalogue) -> Lexicon:
    """The report's own names over the shared lexicon: its labels, its department, parts of its long names."""
    surfaces = _Surfaces()
    for entry in catalogue.entries:
        fact = entry.fact
        canonical = catalogue.names.canonical(fact.item)
        for spoken in spoken_forms(fact.item):
            if len(spoken) >= _LEAST_FRAGMENT or shared_lexicon().senses(spoken):
                surfaces.add(spoken, "item", canonical)
        if local := without_region(normalise_name(fact.item), catalogue.info.department):
            surfaces.add(local, "item", canonical)
        for parent in fact.parents:
            if only_its_stem(parent, catalogue):
                continue
            surfaces.add(normalise_name(parent), "item", catalogue.names.canonical(parent))
    shared = shared_lexicon()
    for fragment, label in parts_of_counts(catalogue):
        if not surfaces.all.get(fragment) and not shared_lexicon().senses(fragment):
            surfaces.add(fragment, "item", catalogue.names.canonical(label))
    fragments = dict(fragments_of(sorted(own_long_names(catalogue)), catalogue.info.department))
    for surface, canonical in fragments.items():
        if all(sense.kind == "item" for sense in shared.senses(surface)):
            surfaces.add(surface, "item", canonical)
    for label in {entry.fact.item for entry in catalogue.entries}:
        for spoken in (*thresholds(label), *ratings(label)):
            surfaces.add(spoken, "item", catalogue.names.canonical(label))
    for code in {entry.fact.code for entry in catalogue.entries if entry.fact.code}:
        for spaced in {
            code,
            f"{code}类",
            f"{code}款",
            f"{code}项",
            f"{code[:3]} {code[3:5]} {code[5:]}".strip(),
            f"{code[:3]} {code[3:]}".strip(),
            "-".join(part for part in (code[:3], code[3:5], code[5:]) if part),
        }:
            surfaces.add(spaced, "code", code)
    for table in catalogue.store.tables(catalogue.info.id):
        for title in titles(table.title, catalogue.info):
            surfaces.add(title, "table", table.kind)
    for name in department_names(catalogue.info.department):
        surfaces.all.pop(normalise_name(name), None)  # the department is no item of its own report
        surfaces.add(normalise_name(name), "report", catalogue.info.id)
    for name in self_words(catalogue.info.department):
        if not surfaces.all.get(name) and not shared.senses(name):
            surfaces.add(name, "report", catalogue.info.id)
    if (own := own_item(catalogue.info.department)) and surfaces.all.get(own):
        surfaces.add(own, "report", catalogue.info.id)
    terms = dict(terms_of(catalogue))
    for surface, term in terms.items():
        if not surfaces.all.get(surface) and not shared.senses(surface) and not _measured(surface, surfaces, shared):
            surfaces.add(surface, "term", term)
    for surface, kind, value in (*indicator_words(catalogue), *unit_words(catalogue)):
        surfaces.add(surface, kind, value)
    labels = {normalise_name(entry.fact.item) for entry in catalogue.entries}
    labels |= {surface for surface, senses in surfaces.all.items() if any(s.kind in {"code", "table"} for s in senses)}
    labels |= set(fragments)
    return surfaces.lexicon(shared, labels)


def _measured(term: str, surfaces: _Surfaces, shared: Lexicon) -> bool:
    """Whether a term is only an item and a measure of it, said in one word: 基本支出预算."""
    return any(
        any(s.kind == "measure" for s in shared.senses(term[at:]))
        and any(s.kind == "item" for s in (*surfaces.all.get(term[:at], ()), *shared.senses(term[:at])))
        for at in range(2, len(term))
    )


def _carries(whole: Iterable[Sense], empty: Iterable[Sense], senses: set[Sense]) -> bool:
    """Whether one part says all that the word says, and the other nothing of its own."""
    rest = [s for s in empty if s.kind not in _HARMLESS]
    asks = any(s.kind == "ask" for s in empty)
    return bool(whole) and asks and not rest and senses <= set(whole)
