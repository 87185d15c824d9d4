"""What can go wrong above the corpus. Each message gives value, place and remedy; users read it as it stands."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_LISTED = 20


class QaError(Exception):
    """Root of the errors of this package; ``str(error)`` is a sentence a user may read."""


class SettingsError(QaError):
    """An environment variable has a value that cannot be used."""

    def __init__(self, name: str, value: object, reason: str) -> None:
        super().__init__(f"环境变量 {name}={value!s} 无效：{reason}。请改正或去掉它（见 README 的设置一节）。")
        self.name = name


class UnknownReport(QaError):
    """A report was named that is not in the index."""

    def __init__(self, report: str, known: Sequence[str]) -> None:
        listed = _listed(known) or "无"
        super().__init__(
            f"索引中没有报告 {report}。已有：{listed}。可用 python -m qa reports 查看，python -m qa index 加入。"
        )
        self.report = report


class ReportNotNamed(QaError):
    """Several reports are open, and nothing says which is meant."""

    def __init__(self, known: Sequence[str]) -> None:
        listed = _listed(known)
        super().__init__(
            f"索引中有 {len(known)} 份报告（{listed}），文字里没有写明是哪个部门的。请用 --report 指定一份。"
        )


class BadBatchLine(QaError):
    """A line of a batch file that is not a job; the other lines are not affected."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f'第 {number} 行无效：{reason}。应为 {{"id": "…", "turns": ["问题", "追问"]}}。')
        self.number = number


class UnreadableInput(QaError):
    """A file named on the command line cannot be opened."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"无法打开 {path}：{reason}。请检查路径。")


class UnfitText(QaError):
    """A text that cannot be checked: its name and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"无法核对 {name}：{reason}")
        self.name = name


class UnwritableOutput(QaError):
    """A file that cannot be written: its name and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"无法写入 {name}：{reason}。请换一个位置或文件名")
        self.name = name


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_LISTED]) + ("……" if len(names) > _MOST_LISTED else "")
