"""The shipped embedding model: small, torch-free, the same vectors as the library's, reproducible, unseen questions."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding import SHIPPED_MODEL, Embedder, fingerprint_of, open_embedder
from corpus.embedding.characters import common_characters
from corpus.embedding.pairs import corpus_pairs, read_pairs, write_pairs
from corpus.embedding.recipe import load_recipe
from corpus.embedding.topics import load_names, load_topics

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "公务接待费花了多少？",
    "绩效评价发现了哪些毛病",
    "ＡＢＣ１２３ （全角）",
    "為什麼機關運行經費比上一年度多了",
    "水利部门的防汛抗旱支出",
    "一般公共预算财政拨款支出 15,666.39 万元，占本年支出合计的 100%。\n" * 20,
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


def cosine(embedder: Embedder, a: str, b: str) -> float:
    return float(np.dot(embedder.embed_query(a), embedder.embed_query(b)))


def test_two_megabytes_at_most() -> None:
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.iterdir()) <= 2_000_000


def test_the_default_needs_no_torch() -> None:
    code = (
        "import sys; from corpus.embedding import open_embedder; open_embedder().embed_query('三公经费');"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_vectors_have_length_1(embedder: Embedder) -> None:
    vectors = embedder.embed_documents(TEXTS)
    assert [len(vector) for vector in vectors] == [embedder.dimension] * len(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("text", ["", " \n", "，。？！", "\U0001f600", "ꙮ"])
def test_a_text_without_a_known_character_is_zeros(embedder: Embedder, text: str) -> None:
    assert embedder.embed_query(text) == [0.0] * embedder.dimension


def test_full_width_and_case_make_no_difference(embedder: Embedder) -> None:
    assert embedder.embed_query("ＡＢＣ１２３（全角）") == embedder.embed_query("abc123 全角")


def test_common_characters_have_vectors_of_their_own(embedder: Embedder) -> None:
    for character in "渔牧煤矿囚犯邮戏剧鹰":  # not one of them stands in a port office's report
        assert character in common_characters()
        assert any(embedder.embed_query(character)), character
    assert cosine(embedder, "渔船检验", "渔船检验中心") > cosine(embedder, "渔船检验", "煤矿安全监察")


def test_the_words_of_the_classification_have_vectors() -> None:
    raw = json.loads((SHIPPED_MODEL / "tokenizer.json").read_text(encoding="utf-8"))
    needed = {c for name in load_names() for c in name.official + "".join(name.everyday) if "\u4e00" <= c <= "\u9fff"}
    missing = needed - set(raw["model"]["vocab"])
    # A new alias may bring a rare character before the model is trained again; not many may.
    assert len(missing) <= len(needed) / 100, f"run `make model`: no vector for {sorted(missing)}"


def test_everyday_words_lie_near_official_ones(embedder: Embedder) -> None:
    assert cosine(embedder, "请客吃饭", "公务接待费") > cosine(embedder, "请客吃饭", "政府采购")
    assert cosine(embedder, "公车", "公务用车购置及运行维护费") > cosine(embedder, "公车", "住房公积金")


def test_the_fingerprint_tells_settings_apart(tmp_path: Path) -> None:
    settings = [("", True), ("", False), ("为这个句子生成表示：", True)]
    prints = {open_embedder(query_prompt=prompt, normalize=normal).fingerprint for prompt, normal in settings}
    assert len(prints) == 3 and all(len(each) == 12 for each in prints)
    assert open_embedder().fingerprint == open_embedder(str(SHIPPED_MODEL)).fingerprint
    assert fingerprint_of([b"ab", b"c"]) != fingerprint_of([b"a", b"bc"])


def test_the_prompt_goes_before_questions_only() -> None:
    prompted, plain = open_embedder(query_prompt="检索"), open_embedder()
    assert prompted.embed_query("三公") == plain.embed_query("检索三公")
    assert prompted.embed_documents(["三公"]) == plain.embed_documents(["三公"])


def test_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text((SHIPPED_MODEL / "modules.json").read_text(encoding="utf-8"))
    with pytest.raises(FileNotFoundError, match=r"tokenizer\.json"):
        open_embedder(str(tmp_path))


def test_the_vocabulary_is_single_characters_sorted() -> None:
    raw = json.loads((SHIPPED_MODEL / "tokenizer.json").read_text(encoding="utf-8"))
    tokens = list(raw["model"]["vocab"])
    assert tokens[0] == "[UNK]" and all(len(token) == 1 for token in tokens[1:])
    assert all(first < second for first, second in pairwise(tokens[1:]))


def test_pairs_are_the_same_every_time(tmp_path: Path) -> None:
    pairs = corpus_pairs(load_recipe())
    assert pairs == corpus_pairs(load_recipe())
    write_pairs(pairs, tmp_path / "pairs.json")
    assert set(read_pairs(tmp_path / "pairs.json")) == set(pairs)


def test_the_kept_pairs_cover_the_corpus() -> None:
    kept = read_pairs()
    assert len(kept) > 5000 and len({pair.passage for pair in kept}) > 300


def test_topics_and_names_are_loaded() -> None:
    assert all(topic.terms and topic.cues and topic.ask for topic in load_topics())
    names = {name.official: name.everyday for name in load_names()}
    assert names.get("公务接待费")


@pytest.mark.slow
def test_the_library_gives_the_same_vectors(embedder: Embedder) -> None:
    from corpus.embedding.sentence import SentenceEmbedder

    library = SentenceEmbedder(str(SHIPPED_MODEL))
    assert library.dimension == embedder.dimension
    assert np.array(library.embed_documents(TEXTS)) == pytest.approx(
        np.array(embedder.embed_documents(TEXTS)), abs=1e-6
    )
    assert library.embed_query(TEXTS[0]) == pytest.approx(embedder.embed_query(TEXTS[0]), abs=1e-6)


@pytest.mark.slow
def test_it_is_the_stock_class() -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(str(SHIPPED_MODEL), device="cpu", local_files_only=True, trust_remote_code=False)
    assert [type(module) for module in model] == [StaticEmbedding]


@pytest.mark.slow
def test_a_model_that_is_not_here_is_a_sentence_and_no_download() -> None:
    with pytest.raises(OSError, match="no-such-model"):
        open_embedder("nobody/no-such-model")


@pytest.mark.slow
def test_retraining_gives_the_same_bytes() -> None:
    command = [sys.executable, "-m", "corpus.embedding.train", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, "pairs.json or training.toml has changed: run `make model`\n" + done.stderr[-500:]
