"""The chat: settings, the assistant opened in the background, the page served. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.ui.quiet import keep_to_itself

if TYPE_CHECKING:
    from qa.assistant import Assistant


def main() -> None:
    """Serve the chat until interrupted."""
    keep_to_itself()  # before gradio is imported: it reads these switches once
    from qa.settings import Settings
    from qa.ui.serve import serve

    settings = Settings()

    def open_assistant() -> Assistant:
        from qa.assistant import Assistant

        return Assistant.open(settings)

    serve(open_assistant)


if __name__ == "__main__":
    main()
