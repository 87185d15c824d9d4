"""The rules of the house (design.md): which package may import which, who may import what is heavy, sizes and names.

Read from the source with ``ast``; nothing is imported, so a rule that is broken is named with its file and line.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "qa", "eval")
MODULES = sorted([ROOT / "app.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))])
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# What each package may import of the house (itself always).
ALLOWED = {"corpus": set(), "qa": {"corpus"}, "eval": {"qa", "corpus"}, "app": {"qa"}}

# Heavy library -> the one place that imports it. eval's baseline is a stranger's pipeline and may use what it measures;
# the training script is the only other place for torch.
HEAVY = {
    "chromadb": r"corpus/stores/chroma\.py",
    "sentence_transformers": r"corpus/embedding/(sentence|train)\.py",
    "torch": r"corpus/embedding/(sentence|train)\.py",
    "pdfplumber": r"corpus/readers/pdf\.py",
    "docx": r"corpus/readers/word\.py",
    "openpyxl": r"corpus/readers/excel\.py|qa/spreadsheets\.py",
    "xlrd": r"corpus/readers/old_excel\.py",
    "gradio": r"qa/ui/\w+\.py",
    "bm25s": r"qa/lexical\.py",
    "langchain_openai": r"qa/\w+\.py",
    "openai": r"qa/\w+\.py",
}
MAY_USE_WHAT_IT_MEASURES = re.compile(r"eval/")
PRINTS = re.compile(r"(qa/cli(_audit)?\.py|qa/__main__\.py|qa/ui/\w+\.py|eval/.*|corpus/embedding/train\.py)")
MAX_LINES, MAX_FUNCTION_LINES = 300, 60
MAX_TEST_LINES = 600  # gold keyed in by eye is long and has no other place


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every absolute module name imported anywhere in the file, with its line."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively; write the whole name"
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def house_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def test_there_is_a_house() -> None:
    assert {house_of(path) for path in MODULES} == {"app", *PACKAGES}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_go_one_way(path: Path) -> None:
    house = house_of(path)
    others = {"corpus", "qa", "eval", "app", "tests"} - {house}
    wrong = [(m, line) for m, line in imports(path) if m.split(".")[0] in others - ALLOWED[house]]
    assert not wrong, f"{name_of(path)} may import {ALLOWED[house] or 'nothing'} of the house, not {wrong}"


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_has_one_home(library: str) -> None:
    homes = {name_of(path) for path in MODULES for m, _ in imports(path) if m.split(".")[0] == library}
    outside = {home for home in homes if not MAY_USE_WHAT_IT_MEASURES.match(home)}
    strangers = {home for home in outside if not re.fullmatch(HEAVY[library], home)}
    assert not strangers, f"{library} is imported outside of its place by {sorted(strangers)}"


def test_only_one_file_imports_chroma_and_the_vector_store_of_langchain() -> None:
    users = {
        name_of(path)
        for path in MODULES
        if any(m.split(".")[0] in ("chromadb", "langchain_chroma") for m, _ in imports(path))
    }
    assert {user for user in users if not MAY_USE_WHAT_IT_MEASURES.match(user)} <= {"corpus/stores/chroma.py"}


@pytest.mark.parametrize("path", [p for p in MODULES if house_of(p) in ("qa", "app")], ids=name_of)
def test_questions_never_open_a_report(path: Path) -> None:
    readers = ("corpus.readers", "corpus.layouts", "corpus.paragraphs", "corpus.outline", "corpus.contents")
    found = [(m, line) for m, line in imports(path) if m.startswith(readers)]
    assert not found, f"{name_of(path)} reads reports: {found}; it may only read the index"
    if name_of(path) != "qa/cli.py":  # the index command names the folder and hands it on
        constants = [node for node in ast.walk(parse(path)) if isinstance(node, ast.Constant)]
        named = [node.lineno for node in constants if re.search(r"corpus/reports|\.txt$", str(node.value))]
        assert not named, f"{name_of(path)} names a report's file on lines {named}"


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_modules_stay_readable(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    most = MAX_TEST_LINES if path in TESTS else MAX_LINES
    assert lines <= most, f"{name_of(path)} has {lines} lines; split it"
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION_LINES, f"{name_of(path)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    assert path.stem not in ("utils", "util", "helpers", "common", "misc")
    assert not re.search(r"(?:^|_)v\d+$|\d$", path.stem), "no version in a name"
    assert ast.get_docstring(parse(path)) or not path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_no_path_of_one_machine(path: Path) -> None:
    # Put together so that this file does not itself name one.
    prefixes = [f"/{first}/" for first in ("home", "Users", "work", "root", "mnt")] + ["C:" + chr(92)]
    text = path.read_text(encoding="utf-8")
    assert not [prefix for prefix in prefixes if re.search(rf"""["'\s]{re.escape(prefix)}""", text)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_errors_are_caught_by_name(path: Path) -> None:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in ("everything", "Exception", "BaseException"), f"{name_of(path)}:{node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_and_the_page_print(path: Path) -> None:
    if PRINTS.fullmatch(name_of(path)):
        return
    calls = [
        node.lineno
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not calls, f"{name_of(path)} prints on lines {calls}"


@pytest.mark.parametrize("path", [p for p in MODULES if house_of(p) == "corpus"], ids=name_of)
def test_figures_are_never_floats(path: Path) -> None:
    if "embedding" in path.parts or path.name == "chroma.py":
        return  # vectors are floats
    calls = [
        node.lineno
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert not calls, f"{name_of(path)} makes floats on lines {calls}"
