"""Random but consistent accounts as tables of cells with spans, and what a reader must find in them.

Nothing here knows how a table is read; the renderers (rendering.py) print the same cells in each file format.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.taxonomy import taxonomy

Amount = Decimal | None
_FALLBACK = ("综合事务", "专项事务", "日常运行", "信息化建设", "业务保障", "其他支出事务")


@dataclass(frozen=True)
class Cell:
    """A printed cell; ``height`` and ``width`` are its spans."""

    text: str
    height: int = 1
    width: int = 1


@dataclass(frozen=True)
class Sheet:
    """A table as printed, and ``truth``: (panel, code, name, which of that name, column) -> text."""

    kind: str
    title: str
    unit: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    truth: dict[tuple[str, str, str, int, str], str]
    note: str = ""


@dataclass(frozen=True)
class Style:
    """How a department prints: one of each kind of choice."""

    separators: bool
    zeros: str  # what stands for nothing: "" or "0.00"
    code_columns: int  # 1 or 3
    total_first: bool
    numbered: bool  # a row 1 2 3 … under the header
    two_panels: bool  # 基本支出 in two panels
    office_costs: bool  # 机关运行经费 beside 「三公」
    with_budget: bool  # 「三公」 with 预算数 and 决算数
    classes: int  # how many 支出 classes the summaries list
    unit: str

    def show(self, amount: Amount) -> str:
        """An amount as this department prints it."""
        if not amount:
            return self.zeros
        return f"{amount:,.2f}" if self.separators else f"{amount:.2f}"


@dataclass
class Accounts:
    """The items with their basic and project expenditure; ``names`` by code."""

    department: str
    year: int
    items: dict[str, tuple[Amount, Amount]]
    economic: dict[str, Amount]
    names: dict[str, str]
    classes: Sequence[str]
    sheets: list[Sheet] = field(default_factory=list)

    def of(self, code: str, part: int) -> Amount:
        """Basic (0) or project (1) expenditure of a code: the sum of the items under it."""
        return _add(amounts[part] for item, amounts in self.items.items() if item.startswith(code))

    def spent(self, code: str) -> Amount:
        """All expenditure of a code; of "" everything."""
        return _add((self.of(code, 0), self.of(code, 1)))


def make_style(rng: random.Random) -> Style:
    """A random department's way of printing."""
    return Style(
        separators=rng.random() < 0.6,
        zeros=rng.choice(["", "", "0.00"]),
        code_columns=rng.choice([1, 3]),
        total_first=rng.random() < 0.5,
        numbered=rng.random() < 0.3,
        two_panels=rng.random() < 0.5,
        office_costs=rng.random() < 0.5,
        with_budget=rng.random() < 0.6,
        classes=rng.randint(21, 26),
        unit=rng.choice(["万元", "万元", "元"]),
    )


def make_accounts(seed: int) -> tuple[Accounts, Style]:
    """Accounts of an invented department with all its tables; the same seed gives the same."""
    rng = random.Random(seed)
    style = make_style(rng)
    names = _names()
    classes = sorted(code for code in names if len(code) == 3 and code.startswith("2"))
    chosen = sorted(rng.sample(classes[: style.classes], rng.randint(2, 5)))
    items: dict[str, tuple[Amount, Amount]] = {}
    for code in chosen:
        for group in rng.sample(range(1, 20), rng.randint(1, 2)):
            for item in rng.sample(range(1, 30), rng.randint(1, 3)):
                key = f"{code}{group:02}{item:02}"
                items[key] = rng.choice([(_money(rng), None), (None, _money(rng)), (_money(rng), _money(rng))])
                names.setdefault(key[:5], f"{rng.choice(_FALLBACK)}（{group}类）")
                names.setdefault(key, f"{rng.choice(_FALLBACK)}{'及相关服务保障' * rng.randint(0, 2)}")
    name = f"{rng.choice('东南西北')}{rng.choice('江海山林')}市{rng.choice(['财政', '水务', '教育', '民政', '商务'])}局"
    accounts = Accounts(name, rng.randint(2015, 2026), dict(sorted(items.items())), {}, names, classes[: style.classes])
    accounts.economic = _economic(rng, accounts.of("", 0) or Decimal(0))
    income = rng.choice([None, _money(rng)])
    accounts.sheets = [
        _summary(accounts, style, income),
        _income(accounts, style, income),
        _expenditure(accounts, style),
        _appropriations(accounts, style),
        _general(accounts, style),
        _basic(accounts, style),
        _three_public(rng, accounts, style),
        _fund(accounts, style),
    ]
    return accounts, style


def _money(rng: random.Random) -> Decimal:
    return Decimal(rng.randint(1, 10 ** rng.randint(3, 8))) / 100


def _add(amounts: object) -> Amount:
    return sum((amount for amount in amounts if amount), Decimal(0)) or None  # type: ignore[attr-defined]


def _names() -> dict[str, str]:
    found = {}
    for entry in taxonomy().entries:
        for code in entry.codes:
            if code.until is None and entry.scheme in ("functional", "economic"):
                found[code.code] = entry.name
    return found


def _economic(rng: random.Random, basic: Decimal) -> dict[str, Amount]:
    """``basic`` spread over economic items, the last taking the rest."""
    codes = ["30101", "30102", "30107", "30113", "30201", "30202", "30211", "30299", "30302", "31002"]
    cents = int(basic * 100)
    cuts = sorted(rng.randint(0, cents) for _ in codes[1:])
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, cents], strict=True)]
    return {code: Decimal(share) / 100 or None for code, share in zip(codes, shares, strict=True)}


class _Printer:
    """Collects rows and their truth for one panel of a table."""

    def __init__(self, style: Style, columns: Sequence[str], panel: str = "") -> None:
        self.style, self.columns, self.panel = style, columns, panel
        self.rows: list[tuple[str, str, list[str]]] = []
        self.truth: dict[tuple[str, str, str, int, str], str] = {}

    def add(self, code: str, name: str, *amounts: Amount | str) -> None:
        """A row with these amounts; text is printed as it is."""
        texts = [amount if isinstance(amount, str) else self.style.show(amount) for amount in amounts]
        times = 1 + sum(row[:2] == (code, name) for row in self.rows)
        self.rows.append((code, name, texts))
        for column, text in zip(self.columns, texts, strict=True):
            self.truth[self.panel, code, name, times, column] = text


def _coded(
    kind: str, title: str, accounts: Accounts, style: Style, heads: Sequence[str], group: str, rows: object
) -> Sheet:
    """A table of classified rows, the total first or last, its codes in one column or three."""
    columns = [f"{group}›{head}" if group else head for head in heads]
    printer = _Printer(style, columns)
    total, *others = rows  # type: ignore[misc]
    for code, name, *amounts in [total, *others] if style.total_first else [*others, total]:
        printer.add(code, name, *amounts)
    count = style.code_columns
    parts = ["类", "款", "项"]
    deep = 2 if group else 1
    first = [Cell("项目", 1, count + 1)]
    first += [Cell(group, 1, len(heads))] if group else [Cell(head, 2 + (count > 1), 1) for head in heads]
    second = [Cell("功能分类科目编码", 1, count), Cell("科目名称", 2 if count > 1 else 1, 1)]
    second += [Cell(head, 2 if count > 1 else 1, 1) for head in heads] if deep == 2 else []
    head = [tuple(first), tuple(second)]
    if count > 1:
        head.append(tuple(Cell(part) for part in parts))
    if style.numbered:
        label = [Cell("栏次", 1, count + 1)]
        head.append((*label, *(Cell(str(at)) for at in range(1, len(heads) + 1))))
    body = []
    for code, name, texts in printer.rows:
        if code:
            cut = [code[:3], code[3:5], code[5:7]] if count > 1 else [code]
            body.append((*(Cell(part) for part in cut), Cell(name), *(Cell(text) for text in texts)))
        else:
            body.append((Cell(name, 1, count + 1), *(Cell(text) for text in texts)))
    return Sheet(kind, title, style.unit, tuple(head), tuple(body), printer.truth)


def _codes(accounts: Accounts) -> list[str]:
    return sorted({code[:length] for code in accounts.items for length in (3, 5, 7)})


def _income(accounts: Accounts, style: Style, other: Amount) -> Sheet:
    heads = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
    first = next(iter(accounts.items))

    def row(code: str, name: str) -> list[object]:
        granted, rest = accounts.spent(code), other if first.startswith(code) else None
        return [code, name, _add((granted, rest)), granted, None, None, None, None, rest]

    rows = [row("", "合计"), *(row(code, accounts.names[code]) for code in _codes(accounts))]
    return _coded("income", "收入决算表", accounts, style, heads, "", rows)


def _expenditure(accounts: Accounts, style: Style) -> Sheet:
    heads = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]

    def row(code: str, name: str) -> list[object]:
        return [code, name, accounts.spent(code), accounts.of(code, 0), accounts.of(code, 1), None, None, None]

    rows = [row("", "合计"), *(row(code, accounts.names[code]) for code in _codes(accounts))]
    return _coded("expenditure", "支出决算表", accounts, style, heads, "", rows)


def _general(accounts: Accounts, style: Style) -> Sheet:
    def row(code: str, name: str) -> list[object]:
        return [code, name, accounts.spent(code), accounts.of(code, 0), accounts.of(code, 1)]

    rows = [row("", "合计"), *(row(code, accounts.names[code]) for code in _codes(accounts))]
    group = "一般公共预算财政拨款支出决算数"
    title = "一般公共预算财政拨款支出决算表"
    return _coded("general_expenditure", title, accounts, style, ["合计", "基本支出", "项目支出"], group, rows)


def _basic(accounts: Accounts, style: Style) -> Sheet:
    amounts = accounts.economic
    codes = sorted({code[:length] for code in amounts for length in (3, 5)})

    def of(prefix: str) -> Amount:
        return _add(amount for code, amount in amounts.items() if code.startswith(prefix))

    title = "一般公共预算财政拨款基本支出决算表"
    staff = [code for code in codes if code.startswith(("301", "303"))]
    public = [code for code in codes if code not in staff]
    staff_total, public_total = _add(map(of, ("301", "303"))), _add(map(of, ("302", "310")))
    if not style.two_panels:

        def row(code: str) -> list[object]:
            whole = of(code)
            return [code, accounts.names[code], whole, *((whole, None) if code in staff else (None, whole))]

        rows = [["", "合计", of(""), staff_total, public_total], *map(row, codes)]
        narrow = Style(**{**style.__dict__, "code_columns": 1})
        return _coded("basic_expenditure", title, accounts, narrow, ["合计", "人员经费", "公用经费"], "", rows)
    left, right = _Printer(style, ["决算数"]), _Printer(style, ["决算数"])
    for printer, own in ((left, staff), (right, public)):
        for code in own:
            printer.add(code, accounts.names[code], of(code))
    head = tuple(Cell(text) for text in ("经济分类科目编码", "科目名称", "决算数") * 2)
    body = []
    for at in range(max(len(left.rows), len(right.rows))):
        body.append(tuple(cell for printer in (left, right) for cell in _half(printer, at)))
    left.add("", "人员经费合计", staff_total)
    right.add("", "公用经费合计", public_total)
    totals = [(Cell(p.rows[-1][1], 1, 2), Cell(p.rows[-1][2][0])) for p in (left, right)]
    body.append((*totals[0], *totals[1]))
    truth = {**left.truth, **right.truth}
    return Sheet("basic_expenditure", title, style.unit, (head,), tuple(body), truth)


def _half(printer: _Printer, at: int) -> tuple[Cell, Cell, Cell]:
    if at >= len(printer.rows):
        return Cell(""), Cell(""), Cell("")
    code, name, texts = printer.rows[at]
    return Cell(code), Cell(name), Cell(texts[0])


_NUMERALS = "一二三四五六七八九十"


def _ordinal(number: int) -> str:
    tens, units = divmod(number, 10)
    if number <= 10:
        return _NUMERALS[number - 1]
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" + (_NUMERALS[units - 1] if units else "")


def _summary(accounts: Accounts, style: Style, other: Amount) -> Sheet:
    left, right = _Printer(style, ["收入›决算数"], "income"), _Printer(style, ["支出›决算数"], "expenditure")
    granted = accounts.spent("")
    names = ["一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "上级补助收入", "事业收入", "其他收入"]
    for at, name in enumerate(names, start=1):
        left.add("", f"{_ordinal(at)}、{name}", granted if at == 1 else other if at == 5 else None)
    for at, code in enumerate(accounts.classes, start=1):
        right.add("", f"{_ordinal(at)}、{accounts.names[code]}", accounts.spent(code))
    income = _add((granted, other))
    tail_left = [("本年收入合计", income), ("年初结转和结余", None), ("总计", income)]
    tail_right = [("本年支出合计", granted), ("年末结转和结余", other), ("总计", income)]
    title = "收入支出决算总表"
    return _panels("income_expenditure_summary", title, style, left, right, tail_left, tail_right, ["决算数"])


def _appropriations(accounts: Accounts, style: Style) -> Sheet:
    heads = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"]
    left = _Printer(style, ["收入›决算数"], "income")
    right = _Printer(style, [f"支出›{head}" for head in heads], "expenditure")
    granted = accounts.spent("")
    for at, name in enumerate(["一般公共预算财政拨款", "政府性基金预算财政拨款"], start=1):
        left.add("", f"{_ordinal(at)}、{name}", granted if at == 1 else None)
    for at, code in enumerate(accounts.classes, start=1):
        spent = accounts.spent(code)
        right.add("", f"{_ordinal(at)}、{accounts.names[code]}", spent, spent, None)
    tail_left = [("本年收入合计", granted), ("年初财政拨款结转和结余", None), ("总计", granted)]
    tail_right = [
        (name, a, a, None)
        for name, a in (("本年支出合计", granted), ("年末财政拨款结转和结余", None), ("总计", granted))
    ]
    title = "财政拨款收入支出决算总表"
    return _panels("appropriation_summary", title, style, left, right, tail_left, tail_right, heads)


def _panels(
    kind: str,
    title: str,
    style: Style,
    left: _Printer,
    right: _Printer,
    tail_left: Sequence[tuple[object, ...]],
    tail_right: Sequence[tuple[object, ...]],
    heads: Sequence[str],
) -> Sheet:
    height = max(len(left.rows), len(right.rows))
    lines = [(at < len(left.rows), at < len(right.rows)) for at in range(height)]
    body = []
    for at, (has_left, has_right) in enumerate(lines):
        own = [Cell(left.rows[at][1]), Cell(left.rows[at][2][0])] if has_left else [Cell(""), Cell("")]
        own += [Cell(right.rows[at][1]), *map(Cell, right.rows[at][2])] if has_right else [Cell("")] * (1 + len(heads))
        body.append(tuple(own))
    for one, other in zip(tail_left, tail_right, strict=True):
        left.add("", *one)  # type: ignore[arg-type]
        right.add("", *other)  # type: ignore[arg-type]
        body.append(
            (Cell(left.rows[-1][1]), Cell(left.rows[-1][2][0]), Cell(right.rows[-1][1]), *map(Cell, right.rows[-1][2]))
        )
    head = (
        (Cell("收入", 1, 2), Cell("支出", 1, 1 + len(heads))),
        (Cell("项目"), Cell("决算数"), Cell("项目"), *map(Cell, heads)),
    )
    return Sheet(kind, title, style.unit, head, tuple(body), {**left.truth, **right.truth})


def _three_public(rng: random.Random, accounts: Accounts, style: Style) -> Sheet:
    measures = ["预算数", "决算数"] if style.with_budget else ["决算数"]
    group = "财政拨款“三公”经费"
    columns: list[str] = []
    paths = [
        ["合计"],
        ["因公出国（境）费"],
        ["公务用车购置及运行费", "小计"],
        ["公务用车购置及运行费", "公务用车购置费"],
        ["公务用车购置及运行费", "公务用车运行费"],
        ["公务接待费"],
    ]
    amounts: dict[str, list[Amount]] = {}
    for measure in measures:
        abroad, bought, run, guests = (rng.choice([None, _money(rng)]) for _ in range(4))
        cars = _add((bought, run))
        amounts[measure] = [_add((abroad, cars, guests)), abroad, cars, bought, run, guests]
    values: list[Amount] = []
    for at, path in enumerate(paths):
        for measure in measures:
            columns.append("›".join([group, *path, *([measure] if style.with_budget else [])]))
            values.append(amounts[measure][at])
    wide = len(measures)
    extra = [Cell("机关运行经费决算数", 3 + style.with_budget, 1)] if style.office_costs else []
    head = [
        (Cell(group, 1, 6 * wide), *extra),
        (
            Cell("合计", 2, wide),
            Cell("因公出国（境）费", 2, wide),
            Cell("公务用车购置及运行费", 1, 3 * wide),
            Cell("公务接待费", 2, wide),
        ),
        (Cell("小计", 1, wide), Cell("公务用车购置费", 1, wide), Cell("公务用车运行费", 1, wide)),
    ]
    if style.with_budget:
        head.append(tuple(Cell(measure) for _ in paths for measure in measures))
    if style.office_costs:
        columns.append("机关运行经费决算数")
        values.append(_add(amount for code, amount in accounts.economic.items() if code.startswith(("302", "310"))))
    printer = _Printer(style, columns)
    printer.add("", "", *values)
    body = (tuple(Cell(text) for text in printer.rows[0][2]),)
    return Sheet("three_public", "财政拨款“三公”经费支出决算表", style.unit, tuple(head), body, printer.truth)


def _fund(accounts: Accounts, style: Style) -> Sheet:
    heads = ["合计", "基本支出", "项目支出"]
    printer = _Printer(Style(**{**style.__dict__, "zeros": ""}), heads)
    printer.add("", "合计", None, None, None)
    head = ((Cell("科目编码"), Cell("科目名称"), *map(Cell, heads)),)
    empty = tuple(Cell("") for _ in range(5))
    body = (empty, empty, (Cell("合计", 1, 2), *(Cell("") for _ in heads)))
    note = f"注：{accounts.department}无政府性基金预算财政拨款支出，故本表无数据。"
    return Sheet("fund_expenditure", "政府性基金预算财政拨款支出决算表", style.unit, head, body, printer.truth, note)
