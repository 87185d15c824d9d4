"""Copies of the shipped report as other departments might have published it: other names, other years, other amounts.

Every amount printed with two decimals is multiplied by one factor below 1 and rounded again, so that what adds up still
adds up within its rounding and percentages stay what they are; the evaluation of projects, in whole numbers and points,
stays. The same copy number gives the same text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

REPORT = Path(__file__).parents[1] / "corpus" / "reports" / "shanghai-port-office-2016.txt"
FIRST_GROUP = 60  # the first copies are of one year, as many as may be ranked at once
GROUP_YEAR = 2025
_YEARS = (2021, 2022, 2023, 2024)
_DEPARTMENT, _CITY, _YEAR = "上海市口岸服务办公室", "上海", 2016
_CITIES = (  # of two characters each
    "南京苏州无锡常州徐州扬州镇江泰州盐城淮安杭州宁波温州绍兴嘉兴湖州金华台州合肥芜湖"
    "蚌埠安庆黄山滁州福州厦门泉州漳州南昌九江济南青岛烟台潍坊临沂郑州洛阳开封武汉宜昌"
    "襄阳长沙株洲湘潭岳阳广州深圳珠海佛山东莞惠州南宁桂林柳州"
)
_WORK = (  # of four
    "口岸服务对外合作信访接待金融服务档案管理粮食储备民族宗教港澳事务侨务工作地方志编"
    "政务服务法制研究应急保障人防工程招商服务文物保护园区建设水利工程林业发展渔业发展"
    "社会救助移民安置质量监督节能推进物流发展"
)
# Sums that the report prints with a difference of 0.01: a factor must leave it within the rounding.
_ROUNDED = (
    ("15666.39", "1865.77", "13800.61"),
    ("15666.80", "15666.39", "0.42"),
    ("94.27", "59.26", "9.65", "25.37"),
    ("94.14", "2.48", "91.37", "0.28"),
    ("36.18", "10.02", "11.60", "14.55"),
)
_EVALUATION = "（四）预算绩效管理情况"
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d\d(?![\d.]|\s*[%％分])")
_THIS_YEAR, _YEAR_BEFORE = (re.compile(rf"(?<![\d.,]){year}(?![\d.])") for year in (_YEAR, _YEAR - 1))


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: its ``number`` from 0, who publishes it of which ``year``, and what its amounts are multiplied by."""

    number: int
    department: str
    year: int
    factor: Decimal

    @property
    def id(self) -> str:
        """The id it has in an index: its file's name without the ending."""
        return f"copy-{self.number:05}"


def copy_of(number: int) -> Copy:
    """The copy of that number; no two have the same department and year. Raises ValueError when names run out."""
    rest = number - FIRST_GROUP
    at, year = (number, GROUP_YEAR) if rest < 0 else (FIRST_GROUP + rest // len(_YEARS), _YEARS[rest % len(_YEARS)])
    cities = len(_CITIES) // 2
    work, city = _WORK[at // cities * 4 :][:4], _CITIES[at % cities * 2 :][:2]
    if not work:
        raise ValueError(f"copy {number}: there are names for {cities * len(_WORK) // 4} departments")
    return Copy(number, f"{city}市{work}办公室", year, _factor(number))


def copy_to_text(copy: Copy, text: str) -> str:
    """``text``, that of the shipped report, as that copy has it."""
    text = _replace(text, _DEPARTMENT, copy.department)
    text = _replace(text, _CITY, copy.department[:2])
    text = _YEAR_BEFORE.sub("\0", text)
    text = _THIS_YEAR.sub(str(copy.year), text).replace("\0", str(copy.year - 1))
    accounts, heading, evaluation = text.partition(_EVALUATION)
    return _AMOUNT.sub(lambda found: f"{_times(found[0], copy.factor):,}", accounts) + heading + evaluation


def write_copies(folder: Path, count: int) -> Iterator[Copy]:
    """Writes the first ``count`` copies into ``folder``, one at a time as they are asked for."""
    text = REPORT.read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    for copy in map(copy_of, range(count)):
        (folder / f"{copy.id}.txt").write_text(copy_to_text(copy, text), encoding="utf-8")
        yield copy


def _replace(text: str, old: str, new: str) -> str:
    """``new`` for ``old``, of the same length, also where a line ends within it."""
    pattern = re.compile(r"(\s*)".join(map(re.escape, old)))
    return pattern.sub(lambda found: "".join(a + b for a, b in zip(new, (*found.groups(), ""), strict=True)), text)


def _factor(number: int) -> Decimal:
    draw = random.Random(number)
    while True:
        factor = Decimal(draw.randint(2500, 9500)) / 10000
        sums = ([_times(amount, factor) for amount in each] for each in _ROUNDED)
        if all(abs(whole - sum(parts)) <= Decimal("0.005") * (1 + len(parts)) for whole, *parts in sums):
            return factor


def _times(printed: str, factor: Decimal) -> Decimal:
    return (Decimal(printed.replace(",", "")) * factor).quantize(Decimal("0.01"), ROUND_HALF_UP)
