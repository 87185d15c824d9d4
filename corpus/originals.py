"""The file an indexed report was read from: is it still there, and still the same?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from corpus.stores import ReportInfo

Original = Literal["same", "changed", "missing"]


def original_of(info: ReportInfo, folders: Iterable[str]) -> Original:
    """Compares the file of that name in ``folders`` (see ``Index.folders``) with the sha256 it had when it was indexed.

    "same" where one of them is it; "changed" where there are only others; "missing" where there is none that can be read.
    """
    seen = False
    for folder in folders:
        path = Path(folder) / info.file
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
        if digest == info.sha256:
            return "same"
        seen = True
    return "changed" if seen else "missing"
