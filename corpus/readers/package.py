"""Office packages (zip files of XML): which kind it is, and whether it is safe to open."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from corpus.errors import DamagedFile, TooLarge

_MOST_BYTES = 200_000_000  # unpacked; a report's package has some megabytes
_MOST_RATIO = 200  # a bomb packs a thousandfold
_SMALL = 1_000_000
_MEMBERS = {"word": "word/document.xml", "excel": "xl/workbook.xml"}


def is_package(data: bytes, kind: str) -> bool:
    """Whether the bytes are a package of that kind ("word", "excel"), by what is in it and not by its name.

    A damaged package counts as the kind whose parts it still names.
    """
    return data.startswith(b"PK\x03\x04") and _MEMBERS[kind].encode() in data


def open_package(path: Path, data: bytes, kind: str) -> io.BytesIO:
    """The bytes as a file, after a look at the sizes it would unpack to.

    ``path`` is only named in errors. Raises DamagedFile, or TooLarge for what would unpack to too much.
    """
    file = io.BytesIO(data)
    try:
        with zipfile.ZipFile(file) as package:
            sizes = [(info.file_size, info.compress_size) for info in package.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DamagedFile(path, kind) from error
    total = sum(size for size, _ in sizes)
    if total > _MOST_BYTES or any(size > _SMALL and size > _MOST_RATIO * max(1, packed) for size, packed in sizes):
        raise TooLarge(path, f"解压后有 {total >> 20} MB")
    file.seek(0)
    return file
