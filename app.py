"""The chat: settings, the assistant opened in the background, the page served. Nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.ui.quiet import keep_to_itself

if TYPE_CHECKING:
    from qa.assistant import Assistant


def main() -> None:
    """Serve the chat until interrupted; a setting that cannot be used ends it with one sentence."""
    keep_to_itself()  # before gradio is imported: it reads these switches once
    from qa.settings import load_settings
    from qa.ui.serve import serve

    try:
        settings = load_settings()

        def open_assistant() -> Assistant:
            from qa.assistant import Assistant

            return Assistant.open(settings)

        serve(open_assistant, settings.host, settings.port)
    except QaError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
