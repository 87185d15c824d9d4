"""What can go wrong below the questions. Each message names the thing, the place and the remedy, in Chinese.

``CorpusError`` is the root: a caller that shows its text to a user shows a whole sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
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
            f"索引使用的向量模型是 {indexed}，当前设置的是 {asked}。"
            "请运行 python -m qa index 重新建立索引，或改回原来的模型。"
        )


class MissingReport(UnreadableReport):
    """There is no such file, or it may not be opened."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "文件不存在或无权打开。请检查路径")


class EmptyReport(UnreadableReport):
    """The file holds nothing but white space."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "文件是空的。请重新取得报告原文")


class UnsupportedFormat(UnreadableReport):
    """No reader takes this kind of file; ``found`` says what it seems to be."""

    def __init__(self, path: Path | str, found: str) -> None:
        super().__init__(path, f"{found}，目前读取 PDF、网页、Word、Excel 和文本。请先把报告转换成其中一种")


class OldWord(UnreadableReport):
    """A Word document of the format before .docx."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "这是旧版 Word 文档（.doc），目前不读。请用 Word 或 WPS 打开，另存为 .docx 后再试")


class Encrypted(UnreadableReport):
    """The file can only be opened with a password."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "文件已加密，需要密码才能打开。请取得没有密码的版本")


class ScannedReport(UnreadableReport):
    """The pages are pictures: there is no text to read."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "这是扫描件，只有图像、没有文字层，目前不做文字识别。请取得可以复制文字的版本")


class UnreadablePdf(UnreadableReport):
    """The PDF is damaged or cut off; ``what`` says how, where that is known."""

    def __init__(self, path: Path | str, what: str = "文件损坏或不完整") -> None:
        super().__init__(path, f"PDF {what}，打不开。请重新取得完整的文件")


class DamagedFile(UnreadableReport):
    """A file of a known format that cannot be opened; ``kind`` names the format."""

    def __init__(self, path: Path | str, kind: str) -> None:
        super().__init__(path, f"{kind} 文件损坏或不完整，打不开。请重新取得完整的文件")


class TooLarge(UnreadableReport):
    """The file takes more than a report may: ``what`` names the measure and its limit."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(path, f"文件过大：{what}。请检查它是不是一份报告")


class Quarantined(UnreadableReport):
    """The file was read, but too little of it was understood for answers from it to be trusted; ``reasons`` say why."""

    def __init__(self, path: Path | str, reasons: Sequence[str]) -> None:
        super().__init__(path, f"读得不够可靠，未收入索引：{'；'.join(reasons)}。请换一种格式的原文再试")
        self.reasons = tuple(reasons)


class UnknownEncoding(UnreadableReport):
    """The bytes are neither UTF-8 nor GB18030; ``at`` is the offset of the first byte that cannot be read."""

    def __init__(self, path: Path | str, at: int) -> None:
        super().__init__(path, f"第 {at + 1} 个字节既不合 UTF-8 也不合 GB18030 编码。请另存为 UTF-8 文本后再试")


class TruncatedReport(UnreadableReport):
    """The file ends before the report does; ``where`` names the place."""

    def __init__(self, path: Path | str, where: str) -> None:
        super().__init__(path, f"文件到{where}中断，后面的内容缺失。请重新取得完整的报告")


class NotAReport(UnreadableReport):
    """The file can be read but is no department's final-accounts report; ``missing`` says what it lacks."""

    def __init__(self, path: Path | str, missing: str) -> None:
        remedy = "请提供完整的部门决算公开文本"
        if "标题" in missing:
            remedy += "；如果只是缺标题，可在 reports.toml 中写明部门和年度"
        super().__init__(path, f"这不是部门决算报告：{missing}。{remedy}")


class AlteredReport(UnreadableReport):
    """The file is not the one that reports.toml describes."""

    def __init__(self, path: Path | str, expected: str, found: str) -> None:
        super().__init__(
            path,
            f"文件的 sha256 是 {found[:12]}…，reports.toml 记的是 {expected[:12]}…。"
            "请恢复原文，或在 reports.toml 中更新 sha256",
        )


class BadCatalogue(UnreadableReport):
    """reports.toml itself cannot be read."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(path, f"reports.toml 写法有误（{why}）。请按 corpus/reports/reports.toml 的样子改正")
