"""The yardstick measures what it says: when a piece identifies a figure, which questions count, how hits are ranked."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from corpus.embedding import Embedder, open_embedder
from corpus.embedding.pairs import REPORTS, read_pairs
from corpus.embedding.recipe import load_recipe
from corpus.facts import Fact
from corpus.passages import Passage, document_to_passages
from corpus.readers import read_report
from eval.baseline import Baseline, Printed, contains, fact_to_printed, identifies
from eval.bench import numeric_questions, share, stands_for, time_each
from eval.cases import parse_case
from eval.retrieval import (
    GOAL_AT_1,
    GOAL_AT_5,
    measure,
    rank_of_gold,
    rankers,
    retrieval_cases,
    scores_to_markdown,
    unseen,
)
from eval.startup import first_page_s
from qa.retrieve import PassageSearch
from qa.retriever import LangChainEmbeddings

CELL = Printed("25.37", "公务接待费", "2016 年度“三公”经费支出决算表", "决算数")


def fact(**changed: Any) -> Fact:
    given: dict[str, Any] = {
        "id": "f", "report": "r", "source": "cell", "table": "某表", "table_id": "t", "table_kind": "other",
        "section": "", "row": "印刷费", "code": "", "level": None, "column": "合计 › 决算数", "item": "印刷费",
        "parents": (), "facet": "", "panel": "", "measure": "final", "basis": "", "period": "2016",
        "value": Decimal("1234.50"), "unit": "万元", "state": "number", "page": 1, "line": 7,
        "text": "印刷费 1,234.50 3", "start": 4, "reason": "",
    }  # fmt: skip
    return Fact(**(given | changed))


def case(id: str, line: int | str, **changed: Any) -> str:
    figure = {"value": "1234.50", "line": line} | changed
    expect = [{"status": "answered", "figures": [figure]}]
    return json.dumps({"id": id, "category": "lookup", "turns": ["印刷费多少"], "expect": expect, "line": "L7"})


@pytest.mark.parametrize(
    ("piece", "found"),
    [("共 25.37 万元", True), ("共 125.37 万元", False), ("25.371", False), ("25.37。", True), ("3,25.37", False)],
)
def test_a_figure_is_a_number_of_its_own(piece: str, found: bool) -> None:
    assert contains(piece, "25.37") is found


def test_strict_needs_all_four_in_one_piece() -> None:
    title = "2016 年度“三公”经费\n支出决算表"
    assert identifies([f"{title}\n公务接待\n费 决算数 25.37"], CELL)
    assert not identifies([title, "公务接待费 决算数 25.37"], CELL)
    assert not identifies([f"{title} 公务接待费 预算数 25.37"], CELL)


def test_of_a_sentence_the_name_is_enough() -> None:
    printed = fact_to_printed(fact(table=None, column="决算数", text="其中：印刷费 1,234.50 万元", start=7))
    assert printed == Printed("1,234.50", "印刷费", "", "")
    assert identifies(["其中：印刷费\n1,234.50 万元"], printed)


def test_a_cell_keeps_its_innermost_header() -> None:
    assert fact_to_printed(fact()) == Printed("1,234.50", "印刷费", "某表", "决算数")


def test_only_questions_with_one_printed_figure_count() -> None:
    computed = json.loads(case("c", 7))
    computed["expect"][0]["figures"] = [{"value": "2", "computed": True, "lines": [7]}]
    blank = case("b", 7, value=None, state="blank")
    cases = [parse_case(text) for text in (case("a", "5-7"), blank, json.dumps(computed))]
    questions = numeric_questions(cases, [fact(), fact(line=9)])
    assert [q.case.id for q in questions] == ["a"]
    assert questions[0].printed == (fact_to_printed(fact()),)
    with pytest.raises(ValueError):
        numeric_questions(cases[1:], [fact()])


def test_the_place_and_unit_decide_which_fact_is_meant() -> None:
    gold = parse_case(case("a", 7)).expect[0].figures[0][0]
    assert stands_for(fact(), gold)
    assert not stands_for(fact(line=8), gold)
    assert not stands_for(fact(unit="%"), gold)


def test_timing_asks_each_once_after_one_to_warm_up() -> None:
    asked: list[str] = []
    questions = numeric_questions([parse_case(case(id_, 7)) for id_ in "ab"], [fact()])
    answers, timing = time_each(lambda q: asked.append(q) or len(asked), questions)  # type: ignore[func-returns-value]
    assert answers == [2, 3] and len(asked) == 3
    assert timing.median > 0 and timing.rate > 0
    assert share([True, False]) == 0.5


def test_the_baseline_finds_a_piece() -> None:
    text = "\n".join(
        f"第{n}项：{word}支出若干。" * 30 for n, word in enumerate(("差旅", "会议", "印刷", "培训", "邮电", "水电"))
    )
    pieces = Baseline(text, LangChainEmbeddings(open_embedder())).ask("印刷")
    assert len(pieces) == 4 and "印刷" in pieces[0]


def test_rank_of_gold_and_scores() -> None:
    def at(first: int, last: int) -> Passage:
        return Passage(f"p{first}", "r", "text", (), "", "", "", 1, first, last)

    found = [at(1, 3), at(5, 9)]
    assert rank_of_gold(found, {3}) == 1
    assert rank_of_gold(found, {4, 9}) == 2
    assert rank_of_gold(found, {10}) is None
    raw = {"id": "r", "category": "retrieval", "turns": ["问"], "expect": [{"cited": [9]}]}
    score = measure("x", lambda _: found, [parse_case(json.dumps(raw))])
    assert (score.at_1, score.at_5, score.mean_reciprocal) == (0, 1, 0.5)
    assert "| x | 0.00 | 1.00 | 0.50 |" in scores_to_markdown([score], 1, 2)
    with pytest.raises(ValueError):
        measure("x", lambda _: found, [])


def test_at_least_120_retrieval_questions_are_unseen_in_training() -> None:
    texts = [text for pair in read_pairs() for text in (pair.question, pair.passage)]
    measured = unseen(retrieval_cases(), texts)
    assert len(measured) >= 120
    assert not {c.turns[0] for c in measured} & set(texts)
    assert unseen(measured, [measured[0].turns[0] + " ？"]) == measured[1:]


class ExactStore:
    """The passages of the shipped report, searched exactly: no index is needed to hold the goals."""

    def __init__(self, embedder: Embedder) -> None:
        recipe = load_recipe()
        self.passages = document_to_passages(read_report(REPORTS / recipe.reports[0]))
        self.vectors = np.array(embedder.embed_documents([passage.text for passage in self.passages]))

    def all(self, report: str) -> tuple[Passage, ...]:
        return self.passages

    def require_model(self, fingerprint: str) -> None: ...

    def nearest(self, vector: list[float], report: str, k: int) -> list[tuple[str, float]]:
        distances = 1 - self.vectors @ np.array(vector)
        near = np.argsort(distances, kind="stable")[:k]
        return [(self.passages[at].id, float(distances[at])) for at in near]


def test_the_goals_of_retrieval_are_held() -> None:
    embedder = open_embedder()
    search = PassageSearch(ExactStore(embedder), embedder)
    texts = (text for pair in read_pairs() for text in (pair.question, pair.passage))
    cases = unseen(retrieval_cases(), texts)
    words, meaning, fused = (measure(name, ranker, cases) for name, ranker in rankers(search, "r").items())
    assert fused.at_1 >= GOAL_AT_1 and fused.at_5 >= GOAL_AT_5, [case.turns[0] for case, _ in fused.misses]
    assert fused.at_5 >= max(words.at_5, meaning.at_5)
    assert fused.mean_reciprocal >= meaning.mean_reciprocal


def test_a_process_that_ends_shows_no_page() -> None:
    with pytest.raises(RuntimeError, match="ended with status 3"):
        first_page_s([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_a_page_is_seen_and_its_process_ended() -> None:
    server = (
        "import http.server, os\n"
        "class Page(http.server.BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        self.send_response(200); self.end_headers(); self.wfile.write(b'gradio')\n"
        "http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Page).serve_forever()\n"
    )
    assert 0 < first_page_s([sys.executable, "-c", server]) < 30
