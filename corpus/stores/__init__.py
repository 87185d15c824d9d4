"""Where facts and passages are kept.

``contents``: what is stored, and the seam: ``Facts`` and ``Vectors``, the interfaces another database would have to
offer; ``sqlite``: the facts of some reports in one file; ``volumes``: many such files as one; ``passages``: passages,
over ``chroma``: their vectors.
"""

from __future__ import annotations

from corpus.stores.contents import Facts, ReportContents, ReportInfo, Vectors
from corpus.stores.passages import PassageStore
from corpus.stores.sqlite import FactStore, write_catalogue, write_contents
from corpus.stores.volumes import VolumeFacts

__all__ = [
    "FactStore",
    "Facts",
    "PassageStore",
    "ReportContents",
    "ReportInfo",
    "Vectors",
    "VolumeFacts",
    "write_catalogue",
    "write_contents",
]
