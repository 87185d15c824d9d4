"""A build replaces the index whole or not at all; what is wrong with an index is said in one sentence."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from corpus import build as building
from corpus import packing
from corpus.build import BuildOutcome, Read, build_index, expand
from corpus.errors import BuildFailed, IndexBusy, IndexMissing, UnreadableReport
from corpus.index import BUILDS, CATALOGUE, LOCK, MANIFEST, POINTER, VOLUMES, Index
from corpus.locks import FileLock
from corpus.stores import ReportContents, write_contents
from corpus.stores.volumes import FACTS, PASSAGES, VOLUME_REPORTS
from tests.corpus.samples import CharacterModel, sample_contents

ROOT = Path(__file__).resolve().parents[2]
Build = Callable[..., BuildOutcome]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def read(path: Path) -> ReportContents:
    """What a name stands for: "bad" and "gone" cannot be read, "x=5" is report x with the figure 5."""
    if path.stem == "bad":
        raise UnreadableReport(path, "文件为空")
    if path.stem == "gone":
        raise FileNotFoundError(2, "No such file or directory")
    id_, _, figure = path.stem.partition("=")
    return sample_contents(id_, figure=figure or "1,000.10")


@pytest.fixture
def build(data: Path) -> Build:
    """Builds from the names of files that do not exist (see ``read``)."""

    def run(*names: str, keep_others: bool = False, read: Read = read) -> BuildOutcome:
        paths = [Path(f"{name}.txt") for name in names]
        model = CharacterModel()
        return build_index(paths, data, model, keep_others=keep_others, progress=lambda _: None, read=read)

    return run


def volume_of(data: Path) -> Path:
    """The one volume of the index that serves."""
    (volume,) = (data / BUILDS / (data / POINTER).read_text().strip() / VOLUMES).iterdir()
    return volume


def served(data: Path) -> dict[str, str]:
    index = Index.open(data)
    try:
        return {info.id: str(index.facts.facts(info.id)[0].value) for info in index.facts.reports()}
    finally:
        index.close()


def test_what_was_built_serves(build: Build, data: Path) -> None:
    outcome = build("b", "a")
    assert outcome.indexed == ("a", "b") and not outcome.failures
    index = Index.open(data)
    assert index.facts.contents(index.facts.reports()[0]) == sample_contents("a")
    model = CharacterModel()
    passage = index.passages.all("b")[2]
    assert index.passages.nearest(model.embed_query(passage.text), "b", 1)[0][0] == passage.id
    index.passages.require_model(model.fingerprint)
    index.close()


def test_building_twice_gives_the_same(build: Build, data: Path) -> None:
    files = []
    for _ in range(2):
        build("a", "b")
        index = Index.open(data)
        model = CharacterModel()
        found = index.passages.nearest(model.embed_query("年度计划"), None, 5)
        stored = [(volume_of(data) / FACTS), index.build / CATALOGUE, index.build / MANIFEST]
        files.append(([path.read_bytes() for path in stored], found))
        index.close()
    assert files[0] == files[1]


def test_an_unreadable_report_is_named_and_the_others_land(build: Build, data: Path) -> None:
    outcome = build("a", "bad", "gone")
    assert [(failure.path.stem, failure.reason) for failure in outcome.failures] == [
        ("bad", "文件为空"),
        ("gone", "No such file or directory"),
    ]
    assert served(data) == {"a": "1000.10"}


def test_a_report_that_became_unreadable_keeps_its_earlier_version(build: Build, data: Path) -> None:
    build("a", "b")

    def read_but_a_is_cut(path: Path) -> ReportContents:
        if path.stem == "a":
            raise UnreadableReport(path, "文件在表中截断")
        return read(path)

    outcome = build("a", "b=5", read=read_but_a_is_cut)
    assert outcome.kept == ("a",) and [failure.path.stem for failure in outcome.failures] == ["a"]
    assert served(data) == {"a": "1000.10", "b": "5"}


def test_when_nothing_can_be_read_the_index_stays(build: Build, data: Path) -> None:
    build("a")
    assert build("bad").build is None
    assert served(data) == {"a": "1000.10"}


def test_only_named_reports_change_when_the_others_are_kept(build: Build, data: Path) -> None:
    build("a", "b")
    outcome = build("b=5", "c", keep_others=True)
    assert outcome.kept == ("a",)
    assert served(data) == {"a": "1000.10", "b": "5", "c": "1000.10"}
    build("c")
    assert set(served(data)) == {"c"}


def test_two_files_of_one_name_are_not_mixed(build: Build, data: Path) -> None:
    outcome = build("a", "a=5")
    assert len(outcome.failures) == 1 and "同名" in outcome.failures[0].reason
    assert served(data) == {"a": "1000.10"}


def test_old_builds_go_unless_someone_reads_them(build: Build, data: Path) -> None:
    build("a")
    reader = Index.open(data)
    build("a=5")
    build("a=6")
    assert len(list((data / BUILDS).iterdir())) == 2
    passage = reader.passages.all()[0]
    assert reader.passages.nearest(CharacterModel().embed_query(passage.text), None, 1)[0][0] == passage.id
    assert str(reader.facts.facts()[0].value) == "1000.10"
    reader.close()
    build("a=7")
    assert len(list((data / BUILDS).iterdir())) == 1 and served(data) == {"a": "7"}


def test_what_a_stopped_builder_left_is_cleared(build: Build, data: Path) -> None:
    build("a")
    (data / BUILDS / "000099-abandoned").mkdir()
    build("a=5")
    assert [each.name[:6] for each in (data / BUILDS).iterdir()] == ["000100"]


def test_a_second_builder_is_turned_away(build: Build, data: Path) -> None:
    build("a")
    with FileLock(data / LOCK) as lock:
        assert lock.acquire()
        with pytest.raises(IndexBusy, match="另一个进程正在建立索引"):
            build("a=5")
    assert served(data) == {"a": "1000.10"}
    build("a=5")
    assert served(data) == {"a": "5"}


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (packing, "write_contents"),
        (packing, "_verify"),
        (building, "write_catalogue"),
        (building, "_verify"),
        (building, "_point_to"),
    ],
)
def test_a_build_that_fails_changes_nothing(
    build: Build, data: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    build("a")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, step, fail)
    with pytest.raises(BuildFailed, match=r"No space left.*保持不变"):
        build("a=5")
    assert served(data) == {"a": "1000.10"} and len(list((data / BUILDS).iterdir())) == 1


def test_a_build_that_reads_back_otherwise_is_not_put_in_place(
    build: Build, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build("a")
    other = [sample_contents("a", figure="9")]
    monkeypatch.setattr(packing, "write_contents", lambda path, _: write_contents(path, other))
    with pytest.raises(BuildFailed, match="读回的内容不一致"):
        build("a=5")
    assert served(data) == {"a": "1000.10"}


def test_killed_at_any_moment_the_old_index_serves(build: Build, data: Path) -> None:
    build("sample-2016")
    script = [sys.executable, "-m", "tests.corpus.killed_builds", str(data), "16"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert all(each["killed"] and each["read"] for each in results), results
    # Killed after the swap the new one serves; before it, the old one; and never anything else.
    figures = [each["figure"] for each in results]
    assert set(figures) <= {"1000.10", "2000.20"} and figures[0] == "1000.10"
    assert figures.count("1000.10") >= len(figures) // 2
    build("sample-2016")
    assert len(list((data / BUILDS).iterdir())) == 1, "what the killed builders left has been cleared"


def test_no_index_says_how_to_make_one(data: Path) -> None:
    with pytest.raises(IndexMissing, match=r"尚未建立索引.*python -m qa index"):
        Index.open(data)


@pytest.mark.parametrize("part", [POINTER, BUILDS, MANIFEST, CATALOGUE])
@pytest.mark.parametrize("damage", ["gone", "empty", "garbage"])
def test_a_half_deleted_index_says_so(build: Build, data: Path, part: str, damage: str) -> None:
    outcome = build("a")
    assert outcome.build
    path = data / part if part in (POINTER, BUILDS) else data / BUILDS / outcome.build / part
    if part == BUILDS:
        shutil.rmtree(path)
    elif damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else b"\xff\x00../x" * 999)
    with pytest.raises(IndexMissing) as caught:
        Index.open(data)
    assert str(caught.value).count("python -m qa index") == 1 and "\n" not in str(caught.value)
    build("a")
    assert served(data) == {"a": "1000.10"}


def test_figures_are_served_when_the_vectors_are_gone(build: Build, data: Path) -> None:
    outcome = build("a")
    assert outcome.build
    shutil.rmtree(volume_of(data) / PASSAGES)
    index = Index.open(data)
    assert len(index.facts.facts()) == 4 and index.passages.all()
    with pytest.raises(IndexMissing, match="python -m qa index"):
        index.passages.nearest([1.0] * 64, None, 1)


def test_opening_loads_nothing_heavy(build: Build, data: Path) -> None:
    build("a")
    script = (
        "import sys; from corpus.index import Index; index = Index.open(sys.argv[1]); index.facts.facts();"
        "index.passages.all(); print([m for m in ('chromadb', 'torch', 'numpy', 'langchain_core') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(data)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_reports_are_found_in_a_directory_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "reports.toml", "README.md", "c.pdf"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder").mkdir()
    assert [path.name for path in expand([tmp_path, tmp_path / "b.txt"])] == ["a.txt", "b.txt", "c.pdf"]
    assert expand([tmp_path / "none.txt"]) == [tmp_path / "none.txt"]


def test_a_damaged_volume_is_not_taken_over(build: Build, data: Path) -> None:
    build("a")
    (volume_of(data) / FACTS).write_bytes(b"")
    build("b", keep_others=True)
    assert served(data) == {"b": "1000.10"}


def files_of(data: Path) -> dict[int, str]:
    """The files of the volumes that serve: which are the same files as before?"""
    index = Index.open(data)
    index.close()
    return {file.stat().st_ino: file.name for file in (index.build / VOLUMES).rglob("*") if file.is_file()}


def test_what_has_not_changed_is_linked_and_not_copied(build: Build, data: Path) -> None:
    names = [f"r{number:02}" for number in range(VOLUME_REPORTS + 20)]
    build(*names)
    before = files_of(data)
    outcome = build("r51=5", keep_others=True)  # in the second volume, of 20 reports
    assert outcome.kept == tuple(names[:51])
    same = before.keys() & files_of(data).keys()
    assert sum(before[number] == FACTS for number in same) == 1
    assert served(data) == dict.fromkeys(names, "1000.10") | {"r51": "5"}
    index = Index.open(data)
    assert [len(ids) for ids in index.manifest.volumes.values()] == [VOLUME_REPORTS, 20] or [
        len(ids) for ids in index.manifest.volumes.values()
    ] == [20, VOLUME_REPORTS]
    passage = index.passages.all("r00")[0]
    found = index.passages.nearest(CharacterModel().embed_query(passage.text), "r00", 1)
    index.close()
    assert found[0][0] == passage.id


def test_small_volumes_are_filled_up(build: Build, data: Path) -> None:
    for name in ("a", "b", "c"):
        build(name, keep_others=True)
    index = Index.open(data)
    index.close()
    assert sorted(map(sorted, index.manifest.volumes.values())) == [["a", "b", "c"]]


def test_another_model_has_every_vector_made_anew(build: Build, data: Path) -> None:
    build("a", "b")
    other = CharacterModel("another")
    build_index([Path("c.txt")], data, other, keep_others=True, progress=lambda _: None, read=read)
    index = Index.open(data)
    for report in "abc":
        passage = index.passages.all(report)[0]
        assert index.passages.nearest(other.embed_query(passage.text), report, 1)[0][0] == passage.id
    index.close()
