"""What is stored comes back as it was; a store that serves is not written to."""

from __future__ import annotations

import math
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import EmbeddingMismatch, IndexMissing
from corpus.facts import Fact
from corpus.stores import FactStore, PassageStore, write_contents
from corpus.stores.chroma import VectorStore, write_vectors
from corpus.stores.codec import from_plain, to_plain
from tests.corpus.samples import CharacterModel, sample_contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.sqlite"


def snapshot(directory: Path) -> dict[str, tuple[bytes, int]]:
    files = [file for file in directory.rglob("*") if file.is_file()]
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_everything_comes_back_equal(path: Path) -> None:
    contents = sample_contents()
    write_contents(path, [contents])
    store = FactStore.open(path)
    assert store.contents(contents.info) == contents
    assert store.reports() == (contents.info,)


def test_decimals_keep_their_digits(path: Path) -> None:
    write_contents(path, [sample_contents(figure="1,000.10")])
    store = FactStore.open(path)
    assert [str(fact.value) for fact in store.facts()] == ["1000.10", "0", "None", "1000.10"]
    table = store.table("sample-2016", "t1")
    assert table is not None and str(table.cells[0].value) == "1000.10"
    assert isinstance(table.cells[0].value, Decimal)


def test_any_sqlite_tool_can_read_the_figures(path: Path) -> None:
    write_contents(path, [sample_contents(figure="0.00000000000000000001")])
    rows = sqlite3.connect(path).execute("SELECT value, state FROM fact ORDER BY position").fetchall()
    assert rows[:3] == [("0.00000000000000000001", "number"), ("0", "zero"), (None, "blank")]


def test_reports_are_in_the_order_of_their_ids(path: Path) -> None:
    write_contents(path, [sample_contents("b-2017"), sample_contents("a-2018")])
    store = FactStore.open(path)
    assert [info.id for info in store.reports()] == ["a-2018", "b-2017"]
    assert [fact.report for fact in store.facts()] == ["a-2018"] * 4 + ["b-2017"] * 4
    assert {fact.report for fact in store.facts("b-2017")} == {"b-2017"}
    assert store.facts("of-no-one") == () and store.tables("of-no-one") == ()
    assert len(store.passages()) == 2 * len(store.passages("a-2018"))


def test_places_are_found(path: Path) -> None:
    write_contents(path, [sample_contents()])
    store = FactStore.open(path)
    paragraph = store.paragraph("sample-2016", 4)
    assert paragraph is not None and paragraph.place(23) == (2, 4)
    assert store.paragraph("sample-2016", 6) is None
    assert store.paragraph("of-no-one", 4) is None
    assert store.table("sample-2016", "t9") is None


def test_two_facts_of_one_id_are_refused(path: Path) -> None:
    contents = sample_contents()
    doubled = type(contents)(
        contents.info, contents.facts + contents.facts[:1], (), (), (), (), (), (), contents.passages
    )
    with pytest.raises(sqlite3.IntegrityError):
        write_contents(path, [doubled])


def test_nothing_is_written_while_serving(tmp_path: Path, path: Path) -> None:
    write_contents(path, [sample_contents()])
    path.chmod(stat.S_IRUSR)
    before = snapshot(tmp_path)
    store = FactStore.open(path)
    assert store.facts()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM fact")
    assert snapshot(tmp_path) == before


def test_threads_read_the_same(path: Path) -> None:
    contents = sample_contents()
    write_contents(path, [contents])
    for _ in range(5):
        store = FactStore.open(path)
        with ThreadPoolExecutor(8) as pool:
            read = list(pool.map(lambda _, store=store: (store.facts(), store.table("sample-2016", "t1")), range(32)))
        assert all(each == (contents.facts, contents.tables[0]) for each in read)


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 100])
def test_a_store_that_is_not_whole_says_so(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexMissing, match="python -m qa index"):
        FactStore.open(path)


def test_a_store_of_another_version_says_so(path: Path) -> None:
    write_contents(path, [sample_contents()])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'older'")
    with pytest.raises(IndexMissing, match="另一版本"):
        FactStore.open(path)


@dataclass(frozen=True, slots=True)
class Sample:
    value: Decimal | None
    words: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)


@given(
    st.builds(Sample, st.none() | DECIMALS, st.tuples(st.text()), st.tuples(st.tuples(st.integers(), st.integers())))
)
def test_the_codec_loses_nothing(sample: Sample) -> None:
    again = from_plain(Sample, to_plain(sample))
    assert again == sample
    assert str(again.value) == str(sample.value)


def test_the_codec_refuses_what_it_would_change() -> None:
    with pytest.raises(TypeError):
        to_plain({"a": 1})
    with pytest.raises(TypeError):
        from_plain(dict, {})


# Vectors


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    directory = tmp_path / "passages"
    model = CharacterModel()
    texts = [f"第{number}段：{chr(0x4E00 + number * 7) * 3}" for number in range(200)]
    ids = [f"p{number:03d}" for number in range(200)]
    reports = ["a" if number < 100 else "b" for number in range(200)]
    write_vectors(directory, model.fingerprint, ids, model.embed_documents(texts), reports)
    return directory


def test_vectors_are_searched_by_cosine_exactly(vectors: Path) -> None:
    model = CharacterModel()
    store = VectorStore.open(vectors, model.fingerprint)
    texts = [f"第{number}段：{chr(0x4E00 + number * 7) * 3}" for number in range(200)]
    question = model.embed_query("第42段：" + chr(0x4E00 + 42 * 7) * 2)

    def distance(other: list[float]) -> float:
        dot = sum(a * b for a, b in zip(question, other, strict=True))
        return 1 - dot / (math.dist(question, [0] * 64) * math.dist(other, [0] * 64))

    # Equals go in the order of ids, so the comparison is of the distances and of the order within one.
    expected = sorted(round(distance(model.embed_query(text)), 4) for text in texts)[:10]
    found = store.nearest(question, None, 10)
    assert [round(each, 4) for _, each in found] == pytest.approx(expected, abs=2e-4)
    assert found == sorted(found, key=lambda pair: (pair[1], pair[0]))
    store.close()


def test_one_report_is_searched_alone_and_zeros_find_nothing(vectors: Path) -> None:
    model = CharacterModel()
    store = VectorStore.open(vectors, model.fingerprint)
    found = store.nearest(model.embed_query("第142段"), "a", 200)
    assert len(found) == 100 and all(int(id_[1:]) < 100 for id_, _ in found)
    assert store.nearest([0.0] * 64, None, 5) == []
    assert store.nearest(model.embed_query("段"), None, 0) == []
    assert store.nearest(model.embed_query("段"), "of-no-one", 5) == []
    store.close()


def test_searching_writes_nothing(vectors: Path) -> None:
    before = snapshot(vectors)
    store = VectorStore.open(vectors, CharacterModel().fingerprint)
    assert store.nearest(CharacterModel().embed_query("段"), None, 3)
    store.close()
    assert snapshot(vectors) == before


def test_the_same_question_finds_the_same(vectors: Path) -> None:
    answers = set()
    for _ in range(3):
        store = VectorStore.open(vectors, CharacterModel().fingerprint)
        answers.add(tuple(store.nearest(CharacterModel().embed_query("第7段"), None, 20)))
        store.close()
    assert len(answers) == 1


def test_another_model_is_named(vectors: Path) -> None:
    other = CharacterModel("another").fingerprint
    with pytest.raises(EmbeddingMismatch, match=other):
        VectorStore.open(vectors, other)


@pytest.mark.parametrize("damage", ["gone", "empty", "garbage"])
def test_damaged_vectors_are_named(vectors: Path, damage: str) -> None:
    database = vectors / "chroma.sqlite3"
    if damage == "gone":
        database.unlink()
    else:
        database.write_bytes(b"" if damage == "empty" else b"x" * 5000)
    with pytest.raises((IndexMissing, EmbeddingMismatch), match="python -m qa index"):
        VectorStore.open(vectors, CharacterModel().fingerprint)


def test_passages_need_no_vectors_until_searched(tmp_path: Path, path: Path) -> None:
    contents = sample_contents()
    write_contents(path, [contents])
    store = PassageStore(FactStore.open(path), {"sample-2016": tmp_path / "missing"}, CharacterModel().fingerprint)
    assert store.all("sample-2016") == contents.passages
    assert store.nearest([1.0] * 64, "of-no-one", 3) == []
    with pytest.raises(IndexMissing):
        store.nearest([1.0] * 64, "sample-2016", 3)
    with pytest.raises(EmbeddingMismatch):
        store.require_model("another")


def test_a_fact_has_a_column_for_each_field(path: Path) -> None:
    write_contents(path, [sample_contents()])
    columns = [row[1] for row in sqlite3.connect(path).execute("PRAGMA table_info(fact)")]
    assert columns == [*Fact.__dataclass_fields__, "position"]
