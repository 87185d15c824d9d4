"""Where facts and passages are kept.

``contents``: what is stored, and ``Facts``, the interface another database would have to offer;
``sqlite``: the facts; ``passages``: passages, over ``chroma``: their vectors.
"""

from __future__ import annotations

from corpus.stores.contents import Facts, ReportContents, ReportInfo
from corpus.stores.passages import PassageStore
from corpus.stores.sqlite import FactStore, write_contents

__all__ = ["FactStore", "Facts", "PassageStore", "ReportContents", "ReportInfo", "write_contents"]
