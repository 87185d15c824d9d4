"""reports.toml beside the reports: what is known of a file that the file does not say itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import BadCatalogue

CATALOGUE = "reports.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """What reports.toml says of one file; "" or 0 where it says nothing."""

    id: str = ""
    department: str = ""
    year: int = 0
    source: str = ""
    sha256: str = ""


def find_entry(path: Path) -> Entry:
    """The entry whose ``file`` is the name of ``path``, from the reports.toml in the same folder; else an empty one.

    Raises BadCatalogue where reports.toml is not valid TOML or an entry is of the wrong shape.
    """
    catalogue = path.parent / CATALOGUE
    if not catalogue.is_file():
        return Entry()
    try:
        content = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCatalogue(catalogue, str(error)) from error
    entries = content.get("report", [])
    if not isinstance(entries, list):
        raise BadCatalogue(catalogue, "应写成 [[report]]")
    found = next((entry for entry in entries if isinstance(entry, dict) and entry.get("file") == path.name), None)
    return Entry() if found is None else _entry(catalogue, found)


def _entry(catalogue: Path, raw: dict[str, Any]) -> Entry:
    year = raw.get("year", 0)
    if not isinstance(year, int):
        raise BadCatalogue(catalogue, f"{raw['file']} 的 year 应是整数，写的是 {year!r}")
    texts = {name: raw.get(name, "") for name in ("id", "department", "source", "sha256")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise BadCatalogue(catalogue, f"{raw['file']} 的 {name} 应是文字，写的是 {value!r}")
    return Entry(year=year, **texts)
