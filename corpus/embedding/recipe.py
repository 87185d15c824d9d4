"""training.toml as an object: what the shipped model is trained on and how."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recipe:
    """See training.toml, where each value is explained. ``reports``: file names in corpus/reports."""

    reports: tuple[str, ...]
    seed: int
    dimension: int
    epochs: int
    batch: int
    rate: float
    scale: float


def load_recipe() -> Recipe:
    """The recipe of the shipped model."""
    raw = tomllib.loads((Path(__file__).parent / "training.toml").read_text(encoding="utf-8"))
    return Recipe(**{**raw, "reports": tuple(raw["reports"])})
