"""Questions for words that no structure holds: the passage that answers, quoted.

A passage is only shown when it holds every content word of the question; retrieval proposes, it never decides.
"""

from __future__ import annotations

import re

from corpus.passages import Passage
from qa.answer import Answer
from qa.builder import Builder
from qa.coverage import coverage, uncovered
from qa.plan import Plan
from qa.refusal import blocked, refuse
from qa.retrieve import Hit
from qa.shelf import Shelf
from qa.understand.aspects import asked_for
from qa.understand.normalise import normalise

_TRIED = 5
_CLOSE = 7
_NOT_UNDERSTOOD = "没有理解这个问题问的是报告里的哪一项"
_LONGEST_QUOTE = 900
_HEAD = re.compile("的(?P<head>[^的,，。?？]{2,6}?)(?:都|分别|各)*(?:是|有|为)(?:什么|啥|谁|哪)")
_TOLD_ONLY = frozenset(
    {"guests", "basis", "rank", "nature"}
)  # what only a sentence that says so can tell (qa/understand/telling)
_COMPANY_ASKED = re.compile(
    "(?:哪(?:几|些|一|两|三)?(?:家|个|名)?|什么)(?:企业|公司|供应商|厂家|厂商|商家|中介|事务所|承包商|投标人)"
)
_COMPANY_NAMED = re.compile("[\u4e00-\u9fff]{2}(?:公司|集团|厂|事务所|交易所|设计院|研究院)")


def run(plan: Plan, shelf: Shelf) -> Answer:
    """The best passage that covers the question's words; a refusal where none does, or where an amount is asked."""
    content = tuple(word for word in plan.unknown if len(word) > 1 and "谁" not in word)
    if plan.topic == "project" or (plan.topic == "item" and content):
        content = tuple(dict.fromkeys((*content, *plan.words)))
    told_only = any(aspect.name in _TOLD_ONLY for aspect, _ in asked_for(normalise(plan.question)))
    if plan.topic == "amount" or plan.restrictions or told_only:
        return blocked(plan, shelf.catalogue) or refuse(plan, shelf.catalogue, (_NOT_UNDERSTOOD,))
    if plan.topic == "item" and not content:
        said = "、".join(plan.words)
        return blocked(plan, shelf.catalogue) or refuse(
            plan, shelf.catalogue, (f"本报告没有说明「{said}」的这方面内容",)
        )
    if not content and not plan.words:
        return blocked(plan, shelf.catalogue) or refuse(plan, shelf.catalogue, (_NOT_UNDERSTOOD,))
    missing = content
    head = tuple(match["head"] for match in _HEAD.finditer(normalise(plan.question)))  # 「…的实施方案是什么」
    hits = shelf.search(plan.question, _TRIED)
    if plan.topic == "project":  # the text that says it, rather than the whole table
        hits = tuple(sorted(hits, key=lambda hit: len(hit.passage.text)))
    for hit in hits:
        if _COMPANY_ASKED.search(plan.question) and not _COMPANY_NAMED.search(hit.passage.text):
            continue  # 「由中小企业供应商中标」 names no company
        lacking = uncovered((*content, *head), hit.passage.text + "".join(hit.passage.path))
        if not lacking and (content or _agreed(hit)):
            return _quote(plan, hit.passage, shelf, content or plan.words)
        missing = min(missing, lacking, key=len)
    return blocked(plan.with_(unknown=missing), shelf.catalogue) or refuse(
        plan, shelf.catalogue, ("本报告没有相应的文字",)
    )


def _agreed(hit: Hit) -> bool:
    """Whether the words and the meaning both put the passage near the front."""
    return hit.lexical_rank is not None and hit.dense_rank is not None and hit.lexical_rank + hit.dense_rank <= _CLOSE


def _quote(plan: Plan, passage: Passage, shelf: Shelf, content: tuple[str, ...]) -> Answer:
    """The passage; of a section's text, the paragraph of it that holds most of the question's words."""
    builder = Builder(plan.question, "text")
    section = " › ".join(passage.path)
    paragraphs = [
        p
        for p in shelf.store.paragraphs(shelf.report)
        if passage.line <= p.lines[0] <= passage.last_line and not passage.table_id
    ]
    best = max(
        paragraphs, key=lambda p: sum(coverage(w, normalise(p.text).replace(" ", "")) for w in content), default=None
    )
    if best is not None:
        page, line = best.place(0)
        text = best.text.strip()
        index = builder.cite_passage(shelf.report, section, page, line, text)
    else:
        text = passage.body if len(passage.body) <= _LONGEST_QUOTE else passage.body[:_LONGEST_QUOTE] + "…"
        title = passage.title if passage.table_id else None
        index = builder.cite_passage(shelf.report, section, passage.page, passage.line, text, title)
    place = passage.path[-1] if passage.path else passage.title
    return builder.answer(f"报告原文{f'（{place}）' if place else ''}：\n\n{text}{builder.mark(index)}")
