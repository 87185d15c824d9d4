"""What can go wrong below the questions. Each message names the thing, the place and the remedy, in Chinese.

``CorpusError`` is the root: a caller that shows its text to a user shows a whole sentence.
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Something about a report or the index; ``str(error)`` is a sentence a user may read."""


class UnreadableReport(CorpusError):
    """A file that is not a report this project can read: ``path``, and ``reason`` in a few words."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"无法读取报告 {path}：{reason}")
        self.path = Path(path)
        self.reason = reason


class IndexMissing(CorpusError):
    """There is no index at ``data_dir``, or it is not whole."""

    def __init__(self, data_dir: Path | str, reason: str = "尚未建立索引") -> None:
        super().__init__(f"索引 {data_dir} 不可用：{reason}。请运行 python -m qa index 重新建立。")
        self.data_dir = Path(data_dir)
        self.reason = reason


class IndexBusy(CorpusError):
    """Another process is building the index at ``data_dir``."""

    def __init__(self, data_dir: Path | str) -> None:
        super().__init__(f"另一个进程正在建立索引 {data_dir}。请等它结束后再试；现有索引照常可用。")
        self.data_dir = Path(data_dir)


class BuildFailed(CorpusError):
    """A new index was not put in place; the old one, if any, still serves."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"没有建立新索引：{reason}。原有索引（如有）保持不变。")
        self.reason = reason


class EmbeddingMismatch(CorpusError):
    """The passages were indexed with another embedding model than the one asked with."""

    def __init__(self, indexed: str, asked: str) -> None:
        super().__init__(
            f"索引使用的向量模型是 {indexed}，当前设置的是 {asked}。请运行 python -m qa index 重新建立索引，或改回原来的模型。"
        )
