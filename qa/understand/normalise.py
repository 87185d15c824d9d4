"""A question as typed -> the form it is matched in.

Compatibility forms are unified (NFKC), traditional characters become simplified ones (OpenCC t2s), quotation
marks and spaces between Chinese characters go, letters are lower-cased.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

_DROP = re.compile(r"[“”‘’\"'「」『』《》〈〉<>*_`#~^|\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd\ud800-\udfff]")
_SPACE = re.compile(r"(?<![a-z0-9.,])\s+|\s+(?![a-z0-9])")
_SPACES = re.compile(r"\s+")
_CHINESE_YEAR = re.compile(r"([一二][〇零○0一二九][〇零○0一二三四五六七八九][〇零○0一二三四五六七八九])年")
_YEAR_END = re.compile(r"(?<!\d)(20\d\d年)(?=[末底])")  # 2015年末 -> 2015年年末: a year, and its end
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "0": "0"}
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_BOUNDS = tuple(
    (re.compile(rf"{sign}\s*(?=\d)"), words)
    for sign, words in (("(?:≥|>=)", "不少于"), ("(?:≤|<=)", "不超过"), (">", "超过"), ("<", "低于"))
)
_CODE_IN_PARTS = re.compile(r"(?<!\d)(\d{3})类[,，的]?\s*(\d{2})款(?:[,，的]?\s*(\d{2})项)?")  # 302类14款 -> 30214
_MOST_PASSES = 4
# Characters that are often typed for one another in these words, and mean nothing else there.
_CONFUSED = (
    ("其它", "其他"), ("收人合计", "收入合计"), ("其他收人", "其他收入"), ("有那些", "有哪些"), ("你门", "你们"), ("我门", "我们"),
    ("他门", "他们"), ("予算", "预算"), ("多少前", "多少钱"), ("=", "等于"), ("经废", "经费"), ("决祘", "决算"), ("预祘", "预算"),
)  # fmt: skip
_SYMBOLS = 0x2600  # from here on symbols are emoji and the like, not digits (○)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """The matching form of ``text``; idempotent. Punctuation that separates phrases is kept."""
    for _ in range(_MOST_PASSES):
        folded = _pass(text)
        if folded == text:
            break
        text = folded
    return text


def _pass(text: str) -> str:
    folded = unicodedata.normalize("NFKC", _CONTROL.sub(" ", text))
    for sign, words in _BOUNDS:
        folded = sign.sub(words, folded)
    folded = "".join(c for c in folded if ord(c) < _SYMBOLS or unicodedata.category(c) not in {"So", "Sk", "Co"})
    for wrong, right in _CONFUSED:
        folded = folded.replace(wrong, right)
    folded = _POSSESSIVE.sub("", folded)
    folded = _CODE_IN_PARTS.sub(lambda m: "".join(part or "" for part in m.groups()), folded)
    folded = _converter().convert(_DROP.sub("", folded)).lower()
    folded = folded.replace("〔", "(").replace("〕", ")").replace("【", " ").replace("】", " ")
    folded = _THOUSANDS.sub("", folded)
    folded = _CHINESE_YEAR.sub(lambda match: "".join(_DIGITS[c] for c in match[1]) + "年", folded)
    folded = _YEAR_END.sub(r"\1年", folded)
    return _SPACE.sub("", _SPACES.sub(" ", folded)).strip()


@lru_cache(maxsize=50_000)  # the labels of the template come again in every report
def normalise_name(label: str) -> str:
    """The matching form of a printed name: as ``normalise``, and without brackets' fullness or inner spaces."""
    return normalise(label).replace(" ", "")
