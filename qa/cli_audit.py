"""The commands check, ledger, export and verify of the command line (see ``qa.cli``): audits, as text or files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import UnreadableInput, UnwritableOutput

if TYPE_CHECKING:
    from corpus.checks import Discrepancy
    from corpus.facts import Fact
    from corpus.index import Index
    from corpus.ledger import LedgerEntry
    from corpus.stores import Facts, ReportInfo
    from qa.assistant import Assistant
    from qa.sheets import Sheet

DONE, FAILED = 0, 1
WHAT = ("facts", "findings", "ledger", "prior", "tables", "answer")
MOST_BYTES = 1_000_000  # read of a text; one that is cut here is too long in any case
OpenIndex = Callable[[argparse.Namespace], AbstractContextManager["Index"]]
OpenAssistant = Callable[[argparse.Namespace], "Assistant"]


def add_audit_commands(
    commands: Any, index_of: OpenIndex, assistant_of: OpenAssistant
) -> tuple[argparse.ArgumentParser, ...]:
    """Adds the parsers to ``commands`` and returns them; the two functions open what a command reads."""
    check: argparse.ArgumentParser = commands.add_parser("check", help="报告自身不一致之处")
    check.add_argument("--json", action="store_true", help="输出 JSON")
    check.set_defaults(run=lambda options: _check(options, index_of))
    ledger: argparse.ArgumentParser = commands.add_parser("ledger", help="与预算、与上年的差异及报告说明的原因")
    form = ledger.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV（UTF-8，带 BOM）")
    ledger.set_defaults(run=lambda options: _ledger(options, index_of))
    export: argparse.ArgumentParser = commands.add_parser("export", help="导出为 CSV 或 XLSX 文件")
    export.add_argument("what", choices=WHAT, help="数据、不一致、原因台账、推算的上年数、原表，或一个问题的答案")
    export.add_argument("question", nargs="?", help="问题（导出 answer 时）")
    export.add_argument("--table", metavar="ID", help="只导出这张表（导出 tables 时；见 qa facts 的 id）")
    export.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="写入 .csv 或 .xlsx 文件；不给则把 CSV 写到标准输出"
    )
    export.set_defaults(run=lambda options: _export(options, index_of, assistant_of), parser=export)
    verify: argparse.ArgumentParser = commands.add_parser("verify", help="核对一段文字里的数字与报告是否相符")
    verify.add_argument("file", metavar="FILE", help="要核对的文字（UTF-8）；- 为标准输入")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    verify.set_defaults(run=lambda options: _verify(options, assistant_of))
    return check, ledger, export, verify


def _verify(options: argparse.Namespace, assistant_of: OpenAssistant) -> int:
    from qa.verification import NO_FIGURE, bytes_to_text, checked_to_json, checked_to_lines

    text = bytes_to_text(options.file, _bytes_of(options.file))
    checked = assistant_of(options).verify(text, options.report)
    if options.json:
        _print_json(checked_to_json(checked))
    else:
        print("".join(f"{line}\n" for line in checked_to_lines(checked)), end="")
    if not checked:
        print(NO_FIGURE, file=sys.stderr)
        return FAILED
    return DONE


def _bytes_of(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableInput(name, error.strerror or "无法读取") from error


def _check(options: argparse.Namespace, index_of: OpenIndex) -> int:
    from corpus.checks import audit
    from qa.export import discrepancy_to_json, findings_to_lines

    with index_of(options) as index:
        store = index.facts
        facts = {fact.id: fact for fact in store.facts(options.report)}
        reports = {info.id: info for info in store.reports()}
        if options.json:
            every = list(store.discrepancies(options.report))
            for id_ in _reports(store, options.report):
                every += _between(store, reports, id_, facts)[1]
            _print_json([discrepancy_to_json(each, facts) for each in every])
            return DONE
        for id_ in _reports(store, options.report):
            found = store.discrepancies(id_)
            print(id_)
            print("".join(f"{line}\n" for line in findings_to_lines(found, facts)), end="")
            done = audit(store.tables(id_), store.facts(id_), store.paragraphs(id_))
            print("".join(f"[无法判断] {each}\n" for each in done.undecided), end="")
            severe = sum(each.severity == "substantive" for each in found)
            rest = len(found) - severe
            print(f"核对了 {done.checked} 条关系，共 {len(found)} 处不一致：实质 {severe} 处，四舍五入尾差 {rest} 处。")
            checked, between = _between(store, reports, id_, facts)
            if checked:
                print("".join(f"{line}\n" for line in findings_to_lines(between, facts)), end="")
                print(f"与上年报告核对了 {checked} 条关系，{len(between)} 处不一致。")
    return DONE


def _between(
    store: Facts, reports: Mapping[str, ReportInfo], id_: str, facts: dict[str, Fact]
) -> tuple[int, tuple[Discrepancy, ...]]:
    """What the report says of the year before, against the final accounts of that year where they are indexed; their
    facts are added to ``facts``."""
    from corpus.checks import between_years

    own = reports[id_]
    past = [i for i in reports.values() if i.department == own.department and i.year == own.year - 1]
    before = next((i for i in past if i.document == own.document == "决算"), None)
    if before is None:
        return 0, ()
    earlier = store.facts(before.id)
    facts.update({fact.id: fact for fact in earlier})
    return between_years(store.facts(id_), earlier)


def _ledger(options: argparse.Namespace, index_of: OpenIndex) -> int:
    from corpus.ledger import report_to_ledger
    from qa.export import ledger_to_json
    from qa.sheets import ledger_sheet
    from qa.spreadsheets import sheet_to_csv

    with index_of(options) as index:
        store = index.facts
        entries = [
            e for id_ in _reports(store, options.report) for e in report_to_ledger(store.facts(id_), store.remarks(id_))
        ]
        if options.json:
            facts = {fact.id: fact for fact in store.facts(options.report)}
            _print_json([ledger_to_json(each, facts) for each in entries])
        elif options.csv:
            print(sheet_to_csv(ledger_sheet(entries)), end="")
        else:
            print("".join(f"{_entry_to_line(each)}\n" for each in entries), end="")
            bare = sum(each.unexplained for each in entries)
            print(f"共 {len(entries)} 处差异，其中差异大而没有说明原因（或原因只重复了变化）的 {bare} 处。")
    return DONE


def _entry_to_line(entry: LedgerEntry) -> str:
    from qa.sheets import MARKS, against_text

    rate = "" if entry.rate is None else f"（{entry.rate:+f}%）"
    reason = f"{MARKS[entry.mark]}：{entry.reason}" if entry.reason else MARKS[entry.mark]
    place = f"第 {entry.page} 页第 {entry.line} 行"
    figures = f"{entry.figure:,f} 对{against_text(entry)} {entry.against:,f} {entry.unit}，{entry.change:+,f}{rate}"
    return f"{'!' if entry.unexplained else ' '} {entry.item}：{figures}；{reason}（{place}）"


def _export(options: argparse.Namespace, index_of: OpenIndex, assistant_of: OpenAssistant) -> int:
    from qa.spreadsheets import sheet_to_csv, sheet_to_csv_bytes, sheets_to_xlsx

    out: Path | None = options.out
    if (options.what == "answer") != (options.question is not None):
        options.parser.error("导出 answer 要给出一个问题，导出其他内容不要给问题")
    if out is not None and out.suffix.lower() not in (".csv", ".xlsx"):
        options.parser.error("文件名请以 .csv 或 .xlsx 结尾")
    sheets = _sheets(options, index_of, assistant_of)
    if out is None or out.suffix.lower() == ".csv":
        if len(sheets) != 1:
            options.parser.error(
                f"CSV 只放一张表，这里有 {len(sheets)} 张：请用 --table 或 --report 指定，或导出 .xlsx"
            )
        if out is None:
            print(sheet_to_csv(sheets[0]), end="")
            return DONE
    try:
        out.write_bytes(sheet_to_csv_bytes(sheets[0]) if out.suffix.lower() == ".csv" else sheets_to_xlsx(sheets))
    except OSError as error:
        raise UnwritableOutput(str(out), error.strerror or "无法写入") from error
    print(f"已写入 {out}：{sum(len(sheet.rows) for sheet in sheets)} 行", file=sys.stderr)
    return DONE


def _sheets(options: argparse.Namespace, index_of: OpenIndex, assistant_of: OpenAssistant) -> tuple[Sheet, ...]:
    from corpus.checks import prior_amounts
    from corpus.ledger import report_to_ledger
    from qa import sheets

    if options.what == "answer":
        return (sheets.answer_sheet(assistant_of(options).ask(options.question, (), options.report)),)
    with index_of(options) as index:
        store = index.facts
        reports = _reports(store, options.report)
        facts = store.facts(options.report)
        if options.what == "facts":
            return (sheets.facts_sheet(facts),)
        if options.what == "findings":
            return (sheets.findings_sheet(store.discrepancies(options.report), {fact.id: fact for fact in facts}),)
        if options.what == "ledger":
            rows = [entry for id_ in reports for entry in report_to_ledger(store.facts(id_), store.remarks(id_))]
            return (sheets.ledger_sheet(rows),)
        if options.what == "prior":
            made = [sheets.prior_sheet(id_, prior_amounts(store.facts(id_))) for id_ in reports]
            return (sheets.Sheet("prior", made[0].header, tuple(row for sheet in made for row in sheet.rows)),)
        tables = [table for id_ in reports for table in store.tables(id_) if options.table in (None, table.id)]
        if not tables:
            known = "、".join(table.id for id_ in reports for table in store.tables(id_))
            options.parser.error(f"没有编号为 {options.table} 的表；有：{known}")
        return tuple(sheets.table_sheet(table) for table in tables)


def _reports(store: Facts, report: str | None) -> list[str]:
    return [info.id for info in store.reports() if report in (None, info.id)]


def _print_json(plain: Any) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=1))
