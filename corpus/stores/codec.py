"""Frozen dataclasses <-> plain JSON values, led by their annotations; a round trip gives an equal object.

Decimals are written as text, exactly ("0.00" stays "0.00"); tuples as lists. What the contracts use is
what is known here: str, int, bool, float, Decimal, Literal, unions with None, tuple[X, ...] and dataclasses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decode = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """``value`` as JSON knows it. Raises TypeError for a type the contracts do not use."""
    return _encoder(value.__class__)(value)


@cache
def _encoder(kind: type) -> Callable[[Any], Any]:
    """The function that writes objects of this very class."""
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: to_plain(getattr(value, name)) for name in names}
    if issubclass(kind, tuple):
        return lambda value: [to_plain(item) for item in value]
    if issubclass(kind, Decimal):
        return _decimal_to_text
    if kind is NoneType or issubclass(kind, str | int | float):
        return _same
    raise TypeError(f"cannot be stored: {kind.__name__}")


def from_plain(kind: type[T], plain: Any) -> T:
    """The object of class ``kind`` that ``to_plain`` wrote as ``plain``."""
    decoded: T = decoder(cast(Hashable, kind))(plain)
    return decoded


@cache
def decoder(kind: Any) -> Decode:
    """The function that turns a plain value back into ``kind`` (any annotation the contracts use)."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin in (Union, UnionType):
        return _optional_decoder(arguments)
    if kind is Decimal:
        return Decimal
    if origin is Literal or kind in (str, int, bool, float, NoneType):
        return _same
    raise TypeError(f"cannot be stored: {kind}")


def shape_of(kinds: tuple[type, ...]) -> str:
    """Twelve hexadecimal digits that change when a field of one of these dataclasses does."""
    digest = hashlib.sha256()
    for kind in kinds:
        digest.update(_describe(kind).encode())
    return digest.hexdigest()[:12]


def _decimal_to_text(value: Decimal) -> str:
    """Plain digits wherever they say the same: "0.00000000", not the "0E-8" that str gives."""
    exponent = value.as_tuple().exponent
    return format(value, "f") if isinstance(exponent, int) and exponent <= 0 else str(value)


def _same(plain: Any) -> Any:
    return plain


def _dataclass_decoder(kind: Any) -> Decode:
    hints = get_type_hints(kind)
    decoders = tuple((field.name, decoder(hints[field.name])) for field in fields(kind))
    optional = {f.name for f in fields(kind) if f.default is not MISSING or f.default_factory is not MISSING}

    def decode(plain: Any) -> Any:
        return kind(**{n: turn(plain[n]) for n, turn in decoders if n in plain or n not in optional})

    return decode


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decode:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = decoder(arguments[0])
        return lambda plain: tuple(each(item) for item in plain)
    turns = tuple(decoder(argument) for argument in arguments)
    return lambda plain: tuple(turn(item) for turn, item in zip(turns, plain, strict=True))


def _optional_decoder(arguments: tuple[Any, ...]) -> Decode:
    present = tuple(argument for argument in arguments if argument is not NoneType)
    if len(present) != 1:
        raise TypeError(f"cannot be stored: a union of {arguments}")
    turn = decoder(present[0])
    return lambda plain: None if plain is None else turn(plain)


def _describe(kind: Any) -> str:
    """The annotation spelled out, nested dataclasses with their fields."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        inner = ",".join(f"{field.name}:{_describe(hints[field.name])}" for field in fields(kind))
        return f"{getattr(kind, '__name__', '')}({inner})"
    arguments = get_args(kind)
    if arguments and get_origin(kind) is not Literal:
        return f"{get_origin(kind)}[{','.join(_describe(argument) for argument in arguments)}]"
    return str(kind)
