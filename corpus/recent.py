"""What was used last is kept, and no more than so many: so that memory does not grow with the number of reports."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most ``most`` values by key; the one that was longest not asked for goes first. Not for several threads at once:
    whoever shares one holds a lock."""

    def __init__(self, most: int, leave: Callable[[V], None] = lambda _: None) -> None:
        """``leave`` is called with each value that goes."""
        self._most, self._leave = most, leave
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of ``key``, made where it is not there."""
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._leave(self._kept.popitem(last=False)[1])
        return self._kept[key]

    def clear(self) -> None:
        """All go."""
        while self._kept:
            self._leave(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        """How many there are now."""
        return len(self._kept)
