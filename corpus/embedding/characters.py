"""The shipped model's vocabulary: single characters, those of the corpus and the common ones."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"


def common_characters() -> set[str]:
    """ASCII and the 3,755 everyday characters of GB 2312's first level, so that other reports' words have vectors."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return {cell.decode("gb2312", errors="ignore") for cell in cells} | {chr(code) for code in range(33, 127)}


def tokenizer_of(characters: Iterable[str]) -> Tokenizer:
    """A tokenizer whose tokens are these characters (NFKC, lower case), sorted; punctuation and blanks left out."""
    normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    splitter = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[\s\p{P}\p{C}]+"), "removed"),
            pre_tokenizers.Split(Regex("."), "isolated"),
        ]
    )
    known = {piece for c in characters for piece, _ in splitter.pre_tokenize_str(normalizer.normalize_str(c))}
    vocabulary = {token: number for number, token in enumerate([UNKNOWN, *sorted(known)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    return tokenizer
