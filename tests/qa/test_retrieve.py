"""Passage search: words, implied words, fusion, ties; and the LangChain retriever over it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedding import open_embedder
from corpus.errors import EmbeddingMismatch
from corpus.passages import Passage
from qa.lexical import LexicalIndex, implied, tokens_of
from qa.retrieve import DENSE_WEIGHT, LEXICAL_WEIGHT, SMOOTHING, PassageSearch, fuse
from qa.understand.normalise import normalise

ROOT = Path(__file__).resolve().parents[2]


def passage(id: str, title: str, body: str, kind: str = "text") -> Passage:
    path = ("第三部分 情况说明", title)
    return Passage(id, "r", kind, path, title, " › ".join(path) + "\n" + body, body, 1, 1, 2)  # type: ignore[arg-type]


PASSAGES = (
    passage("a", "机关运行经费支出情况", "机关运行经费支出 716.91 万，比 2015 年度增加。主要原因是信息网络购置更新。"),
    passage("b", "国有资产占用情况", "共有车辆 3 辆，其中，一般公务用车 3 辆、一般执法执勤用车 0 辆。"),
    passage("c", "具体情况说明", "公务接待费支出 25.37 万元。主要用于安排全国性专业会议。全年共接待 59 批次。"),
    passage("d", "收入决算表", "公务接待费：决算数 25.37|行政运行：决算数 1", "row-group"),
    passage("e", "机构设置", "根据工作需要，另设洋山办事处、机场办事处。"),
)


class Store:
    """An exact store in memory; ``zero`` for a question without a known character."""

    def __init__(self) -> None:
        self.embedder = open_embedder()
        self.asked = 0

    def all(self, report: str) -> tuple[Passage, ...]:
        self.asked += 1
        return PASSAGES if report == "r" else ()

    def require_model(self, fingerprint: str) -> None:
        if fingerprint != self.embedder.fingerprint:
            raise EmbeddingMismatch(self.embedder.fingerprint, fingerprint)

    def nearest(self, vector: list[float], report: str, k: int) -> list[tuple[str, float]]:
        if report != "r":
            return []
        vectors = self.embedder.embed_documents([p.text for p in PASSAGES])
        distances = [1 - sum(x * y for x, y in zip(vector, each, strict=True)) for each in vectors]
        return sorted(((p.id, d) for p, d in zip(PASSAGES, distances, strict=True)), key=lambda pair: pair[1])[:k]


@pytest.fixture(scope="module")
def search() -> PassageSearch:
    store = Store()
    return PassageSearch(store, store.embedder)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("机关运行经费为什么增加", "a"),
        ("有几辆车", "b"),
        ("请客吃饭的钱用在哪", "c"),
        ("洋山那边有办公点吗", "e"),
        ("洋山有沒有辦事處", "e"),
        ("Why did the office operating costs rise?", "a"),
    ],
)
def test_the_right_passage_is_first(search: PassageSearch, question: str, first: str) -> None:
    assert search.search(question, "r")[0].passage.id == first


def test_sentences_stand_before_cells_unless_a_table_is_asked_for(search: PassageSearch) -> None:
    order = [p.id for p in search.by_words("公务接待费", "r")]
    assert order.index("c") < order.index("d")
    assert search.by_words("决算表里的公务接待费", "r")[0].id == "d"


@pytest.mark.parametrize("question", ["", " ", "\U0001f600", "？！", "zzzz qqqq"])
def test_nothing_in_common_finds_nothing_by_words(search: PassageSearch, question: str) -> None:
    assert search.by_words(question, "r") == []


def test_empty_question_and_unknown_report_find_nothing(search: PassageSearch) -> None:
    assert search.search("", "r") == []
    assert search.search("公务接待费", "unknown") == []


def test_a_very_long_question_is_a_question(search: PassageSearch) -> None:
    assert search.search("三公经费公务接待费车辆" * 1000, "r")


def test_the_index_of_a_report_is_made_once() -> None:
    store = Store()
    search = PassageSearch(store, store.embedder)
    assert store.asked == 0
    assert search.search("车辆", "r") == search.search("车辆", "r")
    assert store.asked == 1


def test_another_model_than_the_index_has_is_refused() -> None:
    with pytest.raises(EmbeddingMismatch):
        PassageSearch(Store(), open_embedder(query_prompt="另一个"))


def test_ranks_and_score_are_those_of_the_formula() -> None:
    hits = fuse(PASSAGES, ["b", "a"], ["a", "c"])
    expected = {
        "a": LEXICAL_WEIGHT / (SMOOTHING + 2) + DENSE_WEIGHT / (SMOOTHING + 1),
        "b": LEXICAL_WEIGHT / (SMOOTHING + 1),
        "c": DENSE_WEIGHT / (SMOOTHING + 2),
    }
    assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(expected)
    assert [hit.passage.id for hit in hits] == sorted(expected, key=lambda id_: -expected[id_])
    assert (hits[0].lexical_rank, hits[0].dense_rank) == (2, 1)
    assert LEXICAL_WEIGHT == 2 * DENSE_WEIGHT


def test_equals_keep_the_order_of_the_report() -> None:
    twins = tuple(passage(id_, "同一", "同样的话") for id_ in "zyx")
    assert LexicalIndex(twins).rank("同样的话") == ["z", "y", "x"]
    assert [hit.passage.id for hit in fuse(twins, [], [])] == []


def test_tokens_are_characters_pairs_and_whole_numbers() -> None:
    assert tokens_of("公务费 2016年") == ["公", "务", "费", "公务", "务费", "2016", "年"]
    assert tokens_of("甲，乙") == ["甲", "乙"]


def test_a_longer_wording_hides_the_shorter_inside_it() -> None:
    terms = {term for group in implied(normalise("绩效评价的结论是什么")) for term in group}
    assert "绩效工资" not in terms
    assert any("公务接待费" in group for group in implied("招待费多少"))
    assert all("公务接待费" not in group for group in implied("公务接待费多少"))


@given(st.text(max_size=200))
def test_no_question_breaks_it(question: str) -> None:
    index = LexicalIndex(PASSAGES)
    ranked = index.rank(question)
    assert len(set(ranked)) == len(ranked) <= len(PASSAGES)


def test_as_a_langchain_retriever(search: PassageSearch) -> None:
    from qa.retriever import LangChainEmbeddings, PassageRetriever

    documents = PassageRetriever(search=search, report="r", k=2).invoke("有几辆车")
    assert len(documents) == 2
    assert documents[0].id == "b" and documents[0].metadata["line"] == 1
    assert documents[0].page_content == PASSAGES[1].text
    embeddings, embedder = LangChainEmbeddings(open_embedder()), open_embedder()
    assert embeddings.embed_query("车") == embedder.embed_query("车")
    assert embeddings.embed_documents(["车"]) == embedder.embed_documents(["车"])


def test_searching_imports_neither_torch_nor_langchain() -> None:
    code = (
        "import sys, qa.retrieve; from corpus.embedding import open_embedder; open_embedder();"
        "heavy = {'torch', 'langchain_core', 'chromadb'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
