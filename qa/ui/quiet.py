"""Keep the process to itself: no analytics, no telemetry, no look-ups on a model hub."""

from __future__ import annotations

import os

_SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # Gradio counts events even with analytics off and looks at the count every so many; never get there.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "ANONYMIZED_TELEMETRY": "False",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}


def keep_to_itself() -> None:
    """Set every switch in the environment. To be called before gradio, chromadb or langchain is imported.

    ``HF_HUB_OFFLINE`` is only a default: who names another embedding model may set it to 0 and let it download.
    """
    os.environ.update(_SWITCHES)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
