"""The command line: python -m qa index | ask | facts | check | ledger | export | verify | reports. Prints; decides nothing about answers.

Whatever is not needed for the command at hand is imported inside it, so that a question about figures starts fast.
Exit status: 0 done, 1 it could not be done (a sentence on stderr says why), 2 the call or an input line is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from corpus.errors import CorpusError
from qa.cli_audit import add_audit_commands
from qa.errors import BadBatchLine, QaError, UnknownReport, UnreadableInput

if TYPE_CHECKING:
    from corpus.embedding import Embedder
    from corpus.index import Index
    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.settings import Settings

REPORTS = Path(__file__).resolve().parent.parent / "corpus" / "reports"
DONE, FAILED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; no error of ours reaches the user as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A lone surrogate from an odd argument becomes an escape instead of an error (in JSON, a valid one).
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except (UnknownReport, UnreadableInput) as error:
        return _say(error, MISUSED)
    except (CorpusError, QaError) as error:
        return _say(error, FAILED)
    except BrokenPipeError:
        # The reader has gone (| head). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa", description="决算问答：部门决算报告的精确数字，注明出处。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    index = commands.add_parser("index", help="把报告读入索引（默认 corpus/reports 中的全部）")
    index.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="报告文件或目录；加入或更新索引中的这些报告")
    index.add_argument(
        "--jobs", type=int, default=min(4, os.cpu_count() or 1), metavar="N", help="同时读几份（默认 %(default)s）"
    )
    index.set_defaults(run=_index)
    ask = commands.add_parser("ask", help="回答一个问题，或一批问题")
    ask.add_argument("question", nargs="?", help="问题")
    ask.add_argument("--batch", metavar="FILE", help='每行一个 {"id": …, "turns": [问题, 追问…]}；- 为标准输入')
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--explain", action="store_true", help="另外写出问题是怎样理解的、各个数字是怎样得来的")
    ask.set_defaults(run=_ask, parser=ask)
    facts = commands.add_parser("facts", help="输出全部数据")
    facts.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    facts.set_defaults(run=_facts)
    check, ledger, export, verify = add_audit_commands(commands, _index_of, _open_assistant)
    reports = commands.add_parser("reports", help="索引中有哪些报告")
    reports.add_argument("--json", action="store_true", help="输出 JSON")
    reports.set_defaults(run=_reports)
    remove = commands.add_parser("remove", help="从索引中删去报告，连同它的数据和段落（文件不动）")
    remove.add_argument("reports", nargs="+", metavar="ID", help="报告的编号（见 reports）")
    remove.set_defaults(run=_remove)
    for command in (ask, facts, check, ledger, export, verify):
        command.add_argument("--report", metavar="ID", help="只用这一份报告")
    for command in (index, ask, facts, check, ledger, export, verify, reports, remove):
        command.add_argument("--data", type=Path, metavar="DIR", help="索引所在目录（默认 .data，或 QA_DATA_DIR）")
    return parser


def _index(options: argparse.Namespace) -> int:
    from corpus.build import build_index, few
    from qa.settings import load_settings

    settings = load_settings(data_dir=options.data)
    embedder = _embedder(settings)
    outcome = build_index(
        options.paths or [REPORTS], settings.data_dir, embedder, keep_others=bool(options.paths), progress=_progress,
        jobs=options.jobs,
    )  # fmt: skip
    for failure in outcome.failures:
        _say(failure, FAILED)
    if outcome.build is None:
        _progress("没有读到任何报告；索引没有改变。")
        return FAILED
    if outcome.kept:
        _progress(f"沿用原索引中的报告：{few(outcome.kept)}")
    _progress(f"完成：{len(outcome.indexed)} 份报告（{few(outcome.indexed)}）")
    return FAILED if outcome.failures else DONE


def _remove(options: argparse.Namespace) -> int:
    from corpus.build import few, remove_reports
    from qa.settings import load_settings

    settings = load_settings(data_dir=options.data)
    outcome = remove_reports(settings.data_dir, options.reports, _embedder(settings), _progress)
    _progress(f"完成：还有 {len(outcome.indexed)} 份报告（{few(outcome.indexed)}）")
    return DONE


def _embedder(settings: Settings) -> Embedder:
    from corpus.embedding import open_embedder
    from qa.errors import SettingsError

    try:
        return open_embedder(
            settings.embedding_model,
            query_prompt=settings.embedding_query_prompt,
            normalize=settings.embedding_normalize,
        )
    except OSError as error:
        raise SettingsError("QA_EMBEDDING_MODEL", settings.embedding_model, str(error)) from error


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.batch is None):
        options.parser.error("请给出一个问题，或用 --batch 给出一个文件（二者选一）")
    if options.batch is not None:
        return _ask_batch(options)
    assistant = _open_assistant(options)
    answer = assistant.ask(options.question, (), options.report)
    if options.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False))
    else:
        plan = assistant.explain(options.question, (), options.report) if options.explain else ""
        print("\n".join(_answer_to_lines(answer, plan)))
    return DONE


def _ask_batch(options: argparse.Namespace) -> int:
    from qa.batch import answer_job, lines_to_jobs

    status = DONE
    with _input(options.batch) as lines:
        assistant = _open_assistant(options)
        for job in lines_to_jobs(lines):
            if isinstance(job, BadBatchLine):
                status = _say(job, MISUSED)
                continue
            result = answer_job(job, lambda question, before: assistant.ask(question, before, options.report))
            print(json.dumps(result, ensure_ascii=False), flush=True)
    return status


def _facts(options: argparse.Namespace) -> int:
    from qa.export import write_csv, write_jsonl

    with _index_of(options) as index:
        write = write_csv if options.format == "csv" else write_jsonl
        ids = [info.id for info in index.facts.reports() if options.report in (None, info.id)]
        write((fact for id_ in ids for fact in index.facts.facts(id_)), sys.stdout)  # one report in memory at a time
    return DONE


def _reports(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from corpus.summary import summary_of

    with _index_of(options) as index:
        found = index.facts.reports()
        if options.json:
            _print_json([asdict(info) for info in found])
        else:
            for info in found:
                first, *rest = summary_of(info)
                print(f"{info.id}  {info.department} {info.year} 年度：{first}")
                for line in rest:
                    print(f"  {line}")
    return DONE


@contextmanager
def _index_of(options: argparse.Namespace) -> Iterator[Index]:
    from corpus.index import Index
    from qa.settings import load_settings

    index = Index.open(load_settings(data_dir=options.data).data_dir)
    try:
        _require_report(index, getattr(options, "report", None))
        yield index
    finally:
        index.close()


def _open_assistant(options: argparse.Namespace) -> Assistant:
    if options.report is not None:
        with _index_of(options):
            pass  # names an unknown report before anything heavy is loaded
    from qa.assistant import Assistant
    from qa.settings import load_settings

    return Assistant.open(load_settings(data_dir=options.data, report=options.report))


def _require_report(index: Index, report: str | None) -> None:
    known = [info.id for info in index.facts.reports()]
    if report is not None and report not in known:
        raise UnknownReport(report, known)


@contextmanager
def _input(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; opening alone may fail here
    except OSError as error:
        raise UnreadableInput(name, error.strerror or "无法读取") from error
    with file:
        yield file


def _answer_to_lines(answer: Answer, plan: str) -> Iterator[str]:
    """The answer as text: what is said, then the places, numbered as the text numbers them.

    ``plan``: how the question was understood; "" leaves it and the working out.
    """
    yield answer.text
    for note in answer.notes:
        yield f"注：{note}"
    if answer.suggestions and answer.status != "answered":
        yield f"可以问：{'  '.join(answer.suggestions)}"
    if plan:
        yield from ("", "理解：", plan)
        yield from _working_to_lines(answer)
    if answer.citations:
        yield ""
    for number, citation in enumerate(answer.citations, start=1):
        where = " › ".join(part for part in (citation.table or citation.section, citation.row, citation.column) if part)
        yield f"[{number}] {citation.report} 第 {citation.page} 页，第 {citation.line} 行：{where}"
        yield f"    「{citation.quote.strip().replace(chr(10), ' ⏎ ')}」"


def _working_to_lines(answer: Answer) -> Iterator[str]:
    yield ""
    yield f"（{answer.status} / {answer.kind}）"
    for figure in answer.figures:
        value = "空白" if figure.value is None else f"{figure.value:f}{figure.unit}"
        places = "".join(f"[{index + 1}]" for index in figure.citations)
        yield f"- {figure.label}：{value}{'（计算）' if figure.computed else ''}{places}"
        if figure.derivation is not None:
            yield f"  {figure.derivation.formula}"
            yield from (f"  {step}" for step in figure.derivation.steps)


def _print_json(plain: Any) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=1))


def _progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _say(error: Exception, status: int) -> int:
    print(error, file=sys.stderr, flush=True)
    return status
