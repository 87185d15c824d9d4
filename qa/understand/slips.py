"""Typing slips: an unknown run that sounds like, or is one stroke of the keyboard away from, a known name.

Same sound (pinyin without tones) is taken from three characters on; one wrong character inside a printed label
from five on. Two different items equally near are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from qa.understand.lexer import Lexicon, Token

_LEAST_SOUND, _LEAST_WORD, _LEAST_EDIT, _REACH = 3, 2, 5, 7
_NO_FIGURES = frozenset({"named", "section", "filler", "ask", "count", "op", "measure"})


class Slips:
    """Finds the name an unknown run was meant to be: by sound among ``surfaces``, by one edit among the printed ``labels``."""

    def __init__(self, surfaces: Iterable[str], labels: Iterable[str]) -> None:
        self._surfaces = tuple(sorted({s for s in surfaces if len(s) >= _LEAST_WORD and not s.isascii()}))
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for label in sorted({s for s in labels if len(s) >= _LEAST_EDIT}):
            self._by_length[len(label)].append(label)
        self._by_sound: dict[str, list[str]] | None = None

    def mend(self, text: str, tokens: tuple[Token, ...], lexicon: Lexicon) -> str | None:
        """``text`` with one slip mended, None where none is found."""
        for token in tokens:
            loose = len(token.text) == 1 and bool(token.senses) and all(s.kind == "soft" for s in token.senses)
            loose = loose or token.text == "费" or (bool(token.senses) and all(s.kind == "act" for s in token.senses))
            if (token.unknown or loose) and not token.text.isascii():
                for start, end in (*_windows(text, token), *_within(text, token)):
                    span = (token.start - start, token.end - start)
                    if (name := self._near(text[start:end], lexicon, span, token.unknown)) is not None:
                        return text[:start] + name + text[end:]
        return self._ending(text, tokens, lexicon)

    def _ending(self, text: str, tokens: tuple[Token, ...], lexicon: Lexicon) -> str | None:
        """「电废」, 「几粉」: a last character that sounds as the one that the known word before it goes on with."""
        for before, token in pairwise(tokens):
            if not token.unknown or before.end != token.start or len(token.text) != 1:
                continue
            known = lexicon.senses(before.text)
            for name in self._sounding(before.text + token.text):
                same = set(known) & {s for s in lexicon.senses(name) if s.kind == "item"}
                harmless = all(s.kind in _NO_FIGURES for s in lexicon.senses(name))
                if name.startswith(before.text) and (same or harmless):
                    return text[: before.start] + name + text[token.end :]
        return None

    def _near(self, run: str, lexicon: Lexicon, span: tuple[int, int], unknown: bool) -> str | None:
        alike = self._sounding(run)
        if not alike and unknown and len(run) >= _LEAST_EDIT:
            alike = [
                s
                for s in self._by_length.get(len(run), ())
                if _one_wrong(run, s, span) and not _stands(run, span, lexicon)
            ]
        if len(run) < _LEAST_SOUND:
            whole = (0, len(run)) == span
            kinds = _NO_FIGURES if whole else _NO_FIGURES - {"named", "section"}
            alike = [s for s in alike if all(sense.kind in kinds for sense in lexicon.senses(s))]
        meanings = {lexicon.senses(s) for s in alike}
        return alike[0] if alike and len(meanings) == 1 else None

    def _sounding(self, run: str) -> list[str]:
        if self._by_sound is None:
            index: dict[str, list[str]] = defaultdict(list)
            for surface in self._surfaces:
                index[_sound(surface)].append(surface)
            self._by_sound = index
        return self._by_sound.get(_sound(run), [])


def _windows(text: str, token: Token) -> list[tuple[int, int]]:
    """Stretches around an unknown run, the longest first."""
    found = [
        (start, end)
        for start in range(max(0, token.start - _REACH), token.start + 1)
        for end in range(token.end, min(len(text), token.end + _REACH) + 1)
        if end - start >= _LEAST_SOUND or (start, end) == (token.start, token.end)
    ]
    return sorted(found, key=lambda w: w[0] - w[1])


def _within(text: str, token: Token) -> list[tuple[int, int]]:
    """Two characters that may be one short word: an unknown one with its neighbour (玉算), the ends of an unknown run."""
    if not token.unknown:
        return []
    if token.end - token.start == 1:
        spans = [(token.start - 1, token.end), (token.start, token.end + 1)]
    else:
        spans = [(token.start, token.start + 2), (token.end - 2, token.end)] if token.end - token.start > 2 else []
    return [(a, b) for a, b in spans if a >= 0 and b <= len(text) and text[a:b].isalnum() and not text[a:b].isascii()]


def _sound(text: str) -> str:
    """The sound of each character by itself, so that a slip sounds as the word it stands for."""
    return " ".join(_sound_of(char) for char in text)


@lru_cache(maxsize=20_000)
def _sound_of(char: str) -> str:
    from pypinyin import lazy_pinyin

    return _blurred(lazy_pinyin(char)[0])


def _blurred(syllable: str) -> str:
    """Sounds that many speakers do not part: zh/z, ch/c, sh/s, ing/in, eng/en, l/n."""
    for sharp, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(sharp):
            syllable = flat + syllable[2:]
    for sharp, flat in (("ing", "in"), ("eng", "en")):
        if syllable.endswith(sharp):
            syllable = syllable.removesuffix(sharp) + flat
    return syllable


def _stands(run: str, span: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether what is known of the run is a name by itself: 「上午收入合计」 restricts it and is no slip."""
    after = run[span[1] :] if span[0] <= 0 else ""
    before = run[: span[0]] if span[1] >= len(run) else ""
    return any(sense.kind == "item" for part in (before, after) for sense in lexicon.senses(part))


def _one_wrong(run: str, name: str, span: tuple[int, int]) -> bool:
    """Whether one character alone differs, and it is one of those nobody knows."""
    at = next((i for i, (a, b) in enumerate(zip(run, name, strict=True)) if a != b), -1)
    return span[0] <= at < span[1] and run[at + 1 :] == name[at + 1 :]
