"""Files that are no report, or a trap: each is refused by name and reason, in time, and harms no other."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import (
    DamagedFile,
    EmptyReport,
    Encrypted,
    NotAReport,
    ScannedReport,
    TooLarge,
    UnreadablePdf,
    UnreadableReport,
    UnsupportedFormat,
)
from corpus.readers import read_report
from corpus.sandbox import read_within_limits
from corpus.stores import ReportContents
from tests.corpus import rendering
from tests.corpus.synthetic import make_accounts

reportlab = pytest.importorskip("reportlab")


def _report(path: Path) -> Path:
    accounts, style = make_accounts(1)
    renders: dict[str, Callable[..., None]] = {
        ".pdf": rendering.to_pdf,
        ".html": rendering.to_html,
        ".xlsx": rendering.to_xlsx,
        ".docx": rendering.to_docx,
    }
    renders[path.suffix](path, accounts, style)
    return path


def _pdf(path: Path, draw: Callable[..., None], pages: int = 1, **options: object) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), **options)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def _refused(path: Path, kind: type[UnreadableReport]) -> None:
    with pytest.raises(kind) as caught:
        read_report(path)
    message = str(caught.value)
    assert str(path) in message and "请" in message and "\n" not in message


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.99])
def test_cut_off(tmp_path: Path, suffix: str, share: float) -> None:
    data = _report(tmp_path / f"whole{suffix}").read_bytes()
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises((DamagedFile, UnreadablePdf, UnsupportedFormat)):
        read_report(path)


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx", ".xlsx"])
def test_damaged_bytes_are_read_or_refused(tmp_path: Path, suffix: str) -> None:
    whole = _report(tmp_path / f"whole{suffix}").read_bytes()
    rng = random.Random(7)
    path = tmp_path / f"damaged{suffix}"
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 5, 50])):
            at = rng.randrange(len(data))
            if rng.random() < 0.5:
                data[at] = rng.randrange(256)
            else:
                del data[at : at + rng.randrange(1, 200)]
        path.write_bytes(bytes(data))
        with suppress(UnreadableReport):
            read_report(path)


@pytest.mark.parametrize(
    ("suffix", "name"), [(".pdf", "a.txt"), (".html", "a.pdf"), (".xlsx", "a.docx"), (".docx", "a")]
)
def test_the_content_counts_not_the_extension(tmp_path: Path, suffix: str, name: str) -> None:
    whole = _report(tmp_path / f"whole{suffix}")
    path = tmp_path / name
    path.write_bytes(whole.read_bytes())
    assert read_report(path).tables == read_report(whole).tables


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("secret", canPrint=0)
    _refused(_pdf(tmp_path / "locked.pdf", lambda c: c.drawString(9, 9, "text"), encrypt=lock), Encrypted)


def test_a_scan_and_an_empty_pdf(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "scan.png"
    Image.new("RGB", (40, 40), "grey").save(picture)
    draw: Callable[..., None] = lambda c: c.drawImage(str(picture), 50, 50, 400, 600)  # noqa: E731
    _refused(_pdf(tmp_path / "scan.pdf", draw, pages=8), ScannedReport)
    _refused(_pdf(tmp_path / "blank.pdf", lambda c: None), ScannedReport)


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    _refused(path, UnreadablePdf)


def test_many_pages(tmp_path: Path) -> None:
    _refused(_pdf(tmp_path / "long.pdf", lambda c: c.drawString(9, 9, "text"), pages=1000), TooLarge)


@pytest.mark.slow
def test_two_hundred_thousand_rectangles_end_in_time(tmp_path: Path) -> None:
    def draw(canvas: object) -> None:
        for at in range(200_000):
            canvas.rect(at % 500, at // 500, 1, 1)  # type: ignore[attr-defined]

    path = _pdf(tmp_path / "drawing.pdf", draw)
    begun = time.monotonic()
    with pytest.raises(UnreadableReport):
        read_within_limits(path)
    assert time.monotonic() - begun < 35


def test_zip_bombs(tmp_path: Path) -> None:
    for member, name in (("word/document.xml", "bomb.docx"), ("xl/workbook.xml", "bomb.xlsx")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(member, b"0" * 300_000_000)
        path = tmp_path / name
        path.write_bytes(packed.getvalue())
        _refused(path, TooLarge)


def test_xml_bombs(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a11;</x>'
    for suffix, member in ((".docx", "word/document.xml"), (".xlsx", "xl/workbook.xml")):
        whole = _report(tmp_path / f"whole{suffix}")
        path = tmp_path / f"bomb{suffix}"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as package:
            for info in source.infolist():
                package.writestr(info.filename, bomb if info.filename == member else source.read(info))
        begun = time.monotonic()
        with pytest.raises(UnreadableReport):
            read_within_limits(path)
        assert time.monotonic() - begun < 35


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedFormat),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99), UnsupportedFormat),
        ("other.zip", b"PK\x03\x04" + bytes(200), UnsupportedFormat),
        ("page.html", "<html><body><p>今天天气很好。</p></body></html>".encode(), NotAReport),
        ("deep.html", b"<html>" + b"<div>" * 50_000 + b"x", NotAReport),
        ("empty.html", b"<html><body></body></html>", EmptyReport),
        ("spans.html", b"<html><table>" + b"<tr><td rowspan=9999999 colspan=9999999>1" * 50 + b"</table>", NotAReport),
    ],
)
def test_what_is_no_report(tmp_path: Path, name: str, data: bytes, kind: type[UnreadableReport]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    _refused(path, kind)


def _too_slow(path: Path) -> ReportContents:
    while True:
        pass


def _too_big(path: Path) -> ReportContents:
    blocks = [bytes(10_000_000) for _ in range(10_000)]
    raise AssertionError(len(blocks))


def _dies(path: Path) -> ReportContents:
    os._exit(3)


@pytest.mark.parametrize(("read", "words"), [(_too_slow, "没有读完|出错退出"), (_too_big, "内存"), (_dies, "出错退出")])
def test_the_limits_of_the_reading_process(tmp_path: Path, read: Callable[[Path], ReportContents], words: str) -> None:
    with pytest.raises(UnreadableReport, match=words):
        read_within_limits(tmp_path / "any.pdf", read=read, seconds=2, memory=1 << 30)


def test_reading_in_another_process_gives_the_same(tmp_path: Path) -> None:
    from corpus.contents import read_contents

    path = _report(tmp_path / "report.docx")
    assert read_within_limits(path) == read_contents(path)
