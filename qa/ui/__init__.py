"""The chat page: draws answers and evidence, decides nothing. Only ``chat`` and ``serve`` import gradio."""
