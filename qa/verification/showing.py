"""The outcome of a claim check as JSON, as lines for a terminal, and as an Answer with a table for the chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from qa.answer import Answer, Citation, Figure, Status, citation_to_json
from qa.verification.incoming import LONGEST_TEXT
from qa.verification.outcome import Checked

WORDS = {
    "match": "相符",
    "rounded": "四舍五入相符",
    "mismatch": "不符",
    "not_in_report": "报告未载",
    "undecided": "无法判断",
}
NO_FIGURE = "这段文字里没有可以核对的数字（数字要带单位，如 25.37 万元、53.57%、59 批次）。"


def checked_to_json(checked: Sequence[Checked]) -> list[dict[str, Any]]:
    """The fixed JSON form: one object for each figure, in the text's order."""
    return [
        {
            "figure": each.figure, "claim": each.claim, "verdict": each.verdict, "printed": each.printed,
            "citation": None if each.citation is None else citation_to_json(each.citation),
        }
        for each in checked
    ]  # fmt: skip


def verdict_text(each: Checked) -> str:
    """The verdict in words; a mismatch with what is printed."""
    word = WORDS[each.verdict]
    return f"{word}（报告印为 {each.printed}）" if each.verdict == "mismatch" and each.printed else word


def checked_to_lines(checked: Sequence[Checked]) -> Iterator[str]:
    """A line for each figure, with the place."""
    for each in checked:
        place = "" if each.citation is None else f"  {place_text(each.citation)}"
        yield f"{verdict_text(each)}  {_plain(each.figure)}  {_plain(each.claim)}{place}"


def place_text(citation: Citation) -> str:
    """Where a figure stands: page, line, table or section."""
    where = (citation.table or citation.section.split(" › ")[-1]).strip()
    return f"第 {citation.page} 页第 {citation.line} 行 {where}"


def checked_to_answer(question: str, checked: Sequence[Checked]) -> Answer:
    """The outcome as a Markdown table; the printed figures with their citations are what the answer asserts."""
    if not checked:
        return Answer(question, "clarify", "verify", NO_FIGURE)
    citations: list[Citation] = []
    figures: list[Figure] = []
    rows = ["| 文中数字 | 结论 | 报告 | 说的是 |", "|---|---|---|---|"]
    for each in checked:
        marks = ""
        if each.shown is not None:
            at = [_index(citations, citation) for citation in each.citations]
            marks = "".join(f"[{i + 1}]" for i in at)
            derivation = each.shown.derivation
            if derivation is not None:
                derivation = replace(derivation, inputs=tuple(at))
            moved = replace(each.shown, citations=tuple(at), derivation=derivation, role="answer")
            if moved not in figures:
                figures.append(moved)
        cells = (each.figure, WORDS[each.verdict], f"{each.printed}{marks}" or "—", each.claim)
        rows.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    counts = [(word, sum(c.verdict == v for c in checked)) for v, word in WORDS.items()]
    head = f"共 {len(checked)} 个数字：" + "，".join(f"{word} {count} 个" for word, count in counts if count) + "。"
    nothing: Status = "not_in_report" if any(c.verdict == "not_in_report" for c in checked) else "clarify"
    text = f"{head}\n\n" + "\n".join(rows)
    return Answer(question, "answered" if figures else nothing, "verify", text, tuple(figures), tuple(citations))


def too_long(question: str, length: int) -> Answer:
    """The reply to a text of more characters than are checked at once."""
    said = f"要核对的文字有 {length:,} 个字，太长了（最多 {LONGEST_TEXT:,} 个字）。请分段核对。"
    return Answer(question, "clarify", "verify", said)


def _index(citations: list[Citation], citation: Citation) -> int:
    if citation not in citations:
        citations.append(citation)
    return citations.index(citation)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")
