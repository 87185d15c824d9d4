"""Every computed figure of the whole scripted set, worked out once more from its cells: text, JSON and working agree.

The working is read back as a reader would: each line is an expression, a sign and a result. Every number in it must be
the value of a cited cell, the result of a line before, or a count of the addends; the expression, evaluated exactly
here (with Fractions, by code of this test alone), must give the result: exactly after =, rounded half up after ≈.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from eval.cases import load_cases
from qa.answer import Answer, Figure
from qa.assistant import Assistant

_NUMBER = re.compile(r"(?<![\d,.])-?\d[\d,]*(?:\.\d+)?(?: ?(亿元|百万元|千万元|万元|千元|元|个百分点|%))?")
_LINE = re.compile(r"^(?P<left>.+) (?P<sign>[=≈]) (?P<right>\S+(?: ?\S+)?)$")
_SCALE = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}


@dataclass(frozen=True)
class Computed:
    """One computed figure with the answer it stands in and the values of the cells it cites."""

    answer: Answer
    figure: Figure
    cells: tuple[Fraction, ...]

    def __str__(self) -> str:
        return f"{self.answer.question} | {self.figure.label} {self.figure.value} | {self.figure.derivation}"


@pytest.fixture(scope="module")
def computed(assistant: Assistant) -> list[Computed]:
    facts = {fact.id: fact for fact in assistant._index.facts.facts()}
    found: list[Computed] = []
    for case in load_cases():
        history: list[Answer] = []
        for turn in case.turns if case.category != "retrieval" else ():
            history.append(assistant.ask(turn, history))
        for answer in history:
            for figure in answer.figures:
                if figure.computed:
                    assert figure.derivation is not None, answer.question
                    cited = [answer.citations[i] for i in figure.derivation.inputs]
                    if not any(citation.fact for citation in cited):  # points of a section, counted
                        places = {(c.page, c.line) for c in cited if c.quote}
                        assert figure.value == len(places), answer.question
                        continue
                    inputs = [facts[citation.fact] for citation in cited]
                    values = tuple(scaled(fact.value, fact.unit) for fact in inputs if fact.value is not None)
                    found.append(Computed(answer, figure, values))
    return found


def scaled(value: Decimal, unit: str) -> Fraction:
    """In 元 where it is money, as a fraction of 1 where it is a percentage."""
    if unit in ("%", "个百分点"):
        return Fraction(value) / 100
    return Fraction(value) * _SCALE.get(unit, 1)


def number_of(text: str) -> tuple[Fraction, str]:
    match = _NUMBER.match(text)
    assert match, text
    unit = match[1] or ""
    return scaled(Decimal(match[0].removesuffix(unit).strip().replace(",", "")), unit), unit


def half_up(value: Fraction, digits: int) -> Fraction:
    scale = 10**digits
    size = (abs(value) * scale * 2).__floor__()
    return Fraction((size + 1) // 2, scale) * (-1 if value < 0 else 1)


def evaluated(text: str, known: dict[str, Fraction], cells: tuple[Fraction, ...]) -> Fraction:
    """The exact worth of one side of a line; ``known``: results of the lines before, by how they are written."""
    values: list[Fraction] = []

    def taken(match: re.Match[str]) -> str:
        value = known.get(match[0].strip())
        if value is None:
            value = number_of(match[0])[0]
            addends = match[0].strip().isdigit() and text[: match.start()].rstrip().endswith("÷")
            ours = any(abs(value) == abs(cell) for cell in cells)
            assert ours or match[0] == "100%" or addends, f"{match[0]!r} in {text!r} is no cited cell"
        values.append(value)
        return f"v[{len(values) - 1}]"

    plain = text.replace("−", "-").replace("×", "*").replace("÷", "/")
    plain = re.sub(r"(v\[\d+\])\s*[\u4e00-\u9fff（）]+", r"\1", _NUMBER.sub(taken, plain))
    return worth(ast.parse(plain, mode="eval").body, values)


def worth(node: ast.expr, values: list[Fraction]) -> Fraction:
    if isinstance(node, ast.BinOp):
        left, right = worth(node.left, values), worth(node.right, values)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        return left * right if isinstance(node.op, ast.Mult) else left / right
    if isinstance(node, ast.UnaryOp):
        return -worth(node.operand, values)
    assert isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant), ast.dump(node)
    return values[int(str(node.slice.value))]


def reworked(one: Computed) -> tuple[Fraction, str, Fraction]:
    """(exact worth, unit, worth as shown) of the last line, after every line has been checked."""
    assert one.figure.derivation is not None and one.figure.derivation.steps, str(one)
    known: dict[str, Fraction] = {}
    last: tuple[Fraction, str, Fraction] | None = None
    for line in one.figure.derivation.steps:
        match = _LINE.match(re.sub(r"（四舍五入到两位小数）$", "", line))
        assert match, f"{line!r} of {one}"
        assert (match["sign"] == "≈") == line.endswith("（四舍五入到两位小数）"), line
        exact = evaluated(match["left"], known, one.cells)
        shown, unit = number_of(match["right"])
        per = (
            Fraction(_SCALE.get(unit, 1))
            if unit in _SCALE
            else Fraction(1, 100)
            if unit in ("%", "个百分点")
            else Fraction(1)
        )
        expected = exact if match["sign"] == "=" else half_up(exact / per, 2) * per
        assert shown == expected, f"{line!r}: {exact} of {one}"
        written = _NUMBER.match(match["right"])
        assert written
        known[written[0].strip()] = exact
        last = (exact, match["right"].strip(), shown)
    assert last is not None
    return last


def test_there_are_many(computed: list[Computed]) -> None:
    assert len(computed) > 300


def test_every_computed_figure_can_be_worked_out_again_from_its_cells(computed: list[Computed]) -> None:
    wrong = []
    for one in computed:
        if one.answer.kind in ("check", "count"):
            continue  # the next two tests
        try:
            _, written, shown = reworked(one)
            value = one.figure.value
            assert value is not None and abs(scaled(value, one.figure.unit)) == abs(shown), f"{written} of {one}"
        except (AssertionError, SyntaxError) as error:
            wrong.append(str(error).splitlines()[0][:300])
    assert not wrong, (len(wrong), wrong[:12])


def test_a_finding_is_worked_out_again_too(computed: list[Computed]) -> None:
    checks = [one for one in computed if one.answer.kind == "check"]
    assert checks
    for one in checks:
        assert one.figure.value is not None and scaled(one.figure.value, one.figure.unit) == sum(one.cells), str(one)


_COUNTED = re.compile(r" (?:(?P<figure>-?[\d,]+(?:\.\d+)?%?(?: \S+?)?)|（空白）)(?=、|：共)")


def test_a_count_is_counted_again(computed: list[Computed]) -> None:
    counts = [one for one in computed if one.answer.kind == "count"]
    assert counts
    for one in counts:
        assert one.figure.derivation is not None and one.figure.value is not None
        (step,) = one.figure.derivation.steps
        listed = [match["figure"] for match in _COUNTED.finditer(step)]
        assert step.endswith(f"共 {one.figure.value} 项") and len(listed) == one.figure.value, str(one)
        assert len(one.figure.derivation.inputs) >= one.figure.value  # each item's figure, and what it was held against
        assert all(number_of(figure)[0] in one.cells for figure in listed if figure), str(one)


def test_json_and_text_show_the_same_value(computed: list[Computed]) -> None:
    for one in computed:
        value = one.figure.value
        assert value is not None
        record = one.answer.to_json()["figures"][one.answer.figures.index(one.figure)]
        assert record["value"] == format(value, "f") and Decimal(record["value"]) == value
        assert one.figure.derivation is not None
        assert record["derivation"]["inputs"] == list(one.figure.derivation.inputs) == list(record["citations"])
        assert record["derivation"]["steps"] == list(one.figure.derivation.steps)


def test_what_the_text_says_of_an_asserted_figure_is_its_value(computed: list[Computed]) -> None:
    silent = [str(one)[:200] for one in computed if one.figure.role == "answer" and not said(one)]
    assert not silent, (len(silent), silent[:10])


def said(one: Computed) -> bool:
    assert one.figure.value is not None
    forms = {format(abs(one.figure.value), ",f"), format(abs(one.figure.value).normalize(), ",f")}
    return any(re.search(rf"(?<![\d,.]){re.escape(form)}(?![\d,]|\.\d)", one.answer.text) for form in forms)
