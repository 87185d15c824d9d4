"""Dossier: what is known of one report as a whole, for the pages that show it: findings, ledger, and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.checks import Discrepancy, PriorAmount, audit, prior_amounts
from corpus.facts import Fact
from corpus.index import Index
from corpus.ledger import LedgerEntry, report_to_ledger
from corpus.originals import Original, original_of
from corpus.stores import ReportInfo


@dataclass(frozen=True, slots=True)
class Dossier:
    """One report. ``facts`` by id; ``undecided``: what could not be called an error; ``checked``: identities tried;
    ``original``: whether the file it was read from is still the same, as of when the dossier was opened."""

    info: ReportInfo
    facts: Mapping[str, Fact]
    findings: tuple[Discrepancy, ...]
    undecided: tuple[str, ...]
    checked: int
    ledger: tuple[LedgerEntry, ...]
    prior: tuple[PriorAmount, ...]
    original: Original


def open_dossier(index: Index, info: ReportInfo) -> Dossier:
    """The dossier of a report of the index. The findings are the stored ones, so that their numbers stay the same."""
    store = index.facts
    facts = store.facts(info.id)
    done = audit(store.tables(info.id), facts, store.paragraphs(info.id))
    return Dossier(
        info,
        {fact.id: fact for fact in facts},
        store.discrepancies(info.id),
        done.undecided,
        done.checked,
        report_to_ledger(facts, store.remarks(info.id)),
        prior_amounts(facts),
        original_of(info, index.manifest.folders),
    )
