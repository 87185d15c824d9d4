"""``python -m tests.corpus.make_pdf FILE``: a PDF of invented accounts, for who measures; says in one line what is missing.

Run as a process by ``eval.pdf_speed``: eval imports nothing of the tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

SEED = 7


def main(path: Path) -> None:
    """Writes the PDF. Ends with a sentence on stderr where a package or a font is missing."""
    try:
        import pytest

        from tests.corpus.rendering import to_pdf
    except ImportError as error:
        sys.exit(f"no PDF was made: {error.name} is not installed (pip install -e '.[dev]')")
    from tests.corpus.synthetic import make_accounts

    try:
        to_pdf(path, *make_accounts(SEED))
    except pytest.skip.Exception as missing:
        sys.exit(f"no PDF was made: {missing.msg}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
