"""The format of the scripted set, and that the set itself keeps to it and to the report's lines."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.cases import FOLDER, CaseError, Gold, load_cases, parse_case, parse_lines

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"
OWN = [FOLDER / name for name in ("figures.jsonl", "compute.jsonl", "rank.jsonl")]


def _case(**changes: object) -> str:
    figure = {"value": "25.37", "line": [621, "847-848"]}
    case = {"id": "x-1", "category": "lookup", "turns": ["公务接待费？"], "expect": [{"figures": [figure]}]}
    return json.dumps(case | changes, ensure_ascii=False)


def test_defaults_are_filled_in() -> None:
    (expect,) = parse_case(_case()).expect
    assert expect.status == {"answered"}
    assert expect.figures == ((Gold(Decimal("25.37"), "万元", "number", False, frozenset({621, 847, 848}), ()),),)


def test_lines_are_numbers_ranges_or_lists_of_both() -> None:
    assert parse_lines(621) == {621}
    assert parse_lines("L621") == {621}
    assert parse_lines([5, "511-513"]) == {5, 511, 512, 513}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": "lookups"}, "no category 'lookups'"),
        ({"turns": ["a", "b"]}, "2 turns but 1 expected"),
        ({"expects": []}, "unknown expects"),
        ({"expect": [{"figure": []}]}, "unknown figure"),
        ({"expect": [{"status": "refused"}]}, "refused"),
        ({"expect": [{"figures": [{"value": "1"}]}]}, "needs line"),
        ({"expect": [{"figures": [{"value": None, "line": 1}]}]}, "null goes with blank"),
        ({"expect": [{"figures": [{"value": "x", "line": 1}]}]}, "InvalidOperation"),
    ],
)
def test_a_case_off_the_format_is_named_with_what_is_wrong(changes: dict[str, object], said: str) -> None:
    with pytest.raises(CaseError, match=said) as caught:
        parse_case(_case(**changes), "some.jsonl:7")
    assert "some.jsonl:7" in str(caught.value)


def test_an_id_may_be_used_once(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(_case() + "\n\n" + _case() + "\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"a\.jsonl:3: the id x-1 is taken by a.jsonl:1"):
        load_cases([file])


def test_the_set_is_large_and_varied_and_asks_nothing_twice_in_a_file() -> None:
    cases = load_cases()
    assert len(cases) >= 400
    for file in OWN:
        turns = [case.turns for case in load_cases([file])]
        assert len(turns) == len(set(turns)), file.name


def test_gold_of_the_figure_files_is_printed_where_it_says() -> None:
    """Every printed gold figure, and by that every operand's line list, must stand in the report at each single line.

    A range is a wrapped row: the figure stands on one of its lines. A blank has nothing to look for.
    """
    lines = REPORT.read_text(encoding="utf-8").splitlines()
    for file in OWN:
        for raw in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            for expect in raw["expect"]:
                for gold in _printed(expect):
                    for place in gold["line"] if isinstance(gold["line"], list) else [gold["line"]]:
                        text = " ".join(lines[number - 1] for number in parse_lines(place)).replace(",", "")
                        assert gold["value"].lstrip("-") in text, (raw["id"], gold, place)


def _printed(expect: dict[str, list[object]]) -> list[dict[str, object]]:
    golds = [g for each in expect.get("figures", []) for g in (each if isinstance(each, list) else [each])]
    golds += expect.get("may", [])
    return [gold for gold in golds if not gold.get("computed") and gold["value"] is not None]
