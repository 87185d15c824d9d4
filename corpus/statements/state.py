"""What a paragraph has said so far, and what one figure was found to be."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.facts import Measure
from corpus.statements.naming import Subject

MONEY = frozenset({"元", "万元", "亿元", "美元", "万美元"})
PERCENT = frozenset({"%", "‰", "个百分点"})
_UNITS = {"万": "万元", "亿": "亿元", "％": "%", "百分点": "个百分点", "台(套)": "台（套）", "台/套": "台（套）"}


@dataclass(slots=True)
class State:
    """What a paragraph has said so far. ``outer``: the whole it stands under; ``whole``: after 其中;
    ``top``: what the paragraph is about; ``subject``: what was named last; ``basis``: compared with;
    ``is_budget``: amounts that say nothing else are planned ones; ``project``: whose score began this group of
    clauses; ``apiece``: of which the next figures are, one each (A、B分别上升9%、7%)."""

    department: str
    year: int
    outer: Subject | None = None
    whole: Subject | None = None
    top: tuple[Subject, ...] = ()
    subject: tuple[Subject, ...] = ()
    basis: str = ""
    period: str = ""
    scope: str = ""
    modifier: str = ""
    counted: str = ""
    figures: int = 0
    unit: str = ""
    whole_unit: str = ""
    is_budget: bool = False
    numbered: Subject | None = None
    project: Subject | None = None
    apiece: tuple[Subject, ...] = ()

    def begin_sentence(self) -> None:
        """Forgets what holds for one sentence only; a date (截至…) holds for the paragraph."""
        self.whole, self.subject, self.basis, self.figures = self.outer, self.top, "", 0
        self.scope = self.modifier = self.whole_unit = ""
        self.numbered = self.project = None
        self.apiece = ()
        if "-" not in self.period:
            self.period = str(self.year)

    def open_part(self) -> None:
        """其中: what follows is part of what was named last; at the start of a sentence, of its paragraph's subject."""
        named = self.subject if self.figures else self.top or self.subject
        if named:
            self.whole = named[0]
            self.whole_unit = self.unit if self.figures else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure understood. ``sign`` -1 for a decrease; ``column`` a readable name of the measure."""

    measure: Measure
    column: str
    subjects: tuple[Subject, ...]
    basis: str = ""
    sign: int = 1
    noun_end: int = 0


def normal_unit(unit: str) -> str:
    """The unit's full name: 25.37 万 is in 万元."""
    return _UNITS.get(unit, unit)
