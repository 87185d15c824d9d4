"""``python -m corpus.embedding.train [--check]``: train the shipped model from scratch.

The pairs are generated anew, kept in pairs.json, and trained on; so the model is a function of that file and
training.toml, whatever becomes of the aliases and passages later.

The loss is MultipleNegativesRankingLoss: of the passages of a batch, a question's own should be
nearest. It is written out here because a batch must hold each passage once (the corpus has few, and the trainer's
samplers would leave out most pairs), and because every step must come out the same everywhere.

Bit for bit reproducible: sorted vocabulary, fixed seed, one thread, and the arithmetic every x86-64
processor has. ``--check`` trains on the kept pairs in a scratch directory and compares with the shipped files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

# Read by torch and MKL when they load. Without these the last bits depend on the processor's vector units.
os.environ |= {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from corpus.embedding import SHIPPED_MODEL
from corpus.embedding.characters import common_characters, tokenizer_of
from corpus.embedding.pairs import Pair, corpus_pairs, read_pairs, write_pairs
from corpus.embedding.recipe import Recipe, load_recipe

FILES = ("tokenizer.json", "model.safetensors", "modules.json")
# Weights are kept to this step: far below what ranking can notice, and the files compress.
STEP = 2.0**-12


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or with ``--check`` compare; exit status 1 when the files differ."""
    parser = argparse.ArgumentParser(prog="python -m corpus.embedding.train", description=__doc__)
    parser.add_argument("--check", action="store_true", help="train on the kept pairs, compare with the shipped files")
    options = parser.parse_args(arguments)
    recipe = load_recipe()
    if not options.check:
        write_pairs(corpus_pairs(recipe))
        train(SHIPPED_MODEL, recipe)
        print(f"{SHIPPED_MODEL}: {digest(SHIPPED_MODEL)}", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        train(Path(scratch), recipe)
        again, shipped = digest(Path(scratch)), digest(SHIPPED_MODEL)
    print(f"shipped {shipped}\nagain   {again}", file=sys.stderr)
    return 0 if again == shipped else 1


def digest(directory: Path) -> str:
    """sha256 over the model's files, in a fixed order."""
    return hashlib.sha256(b"".join((directory / name).read_bytes() for name in FILES)).hexdigest()


def train(directory: Path, recipe: Recipe) -> None:
    """Train on the kept pairs and write the model's files to ``directory``."""
    pairs = read_pairs()
    module = new_module(pairs, recipe)
    _fit(module, pairs, recipe)
    _save(module, directory)


def new_module(pairs: Sequence[Pair], recipe: Recipe) -> StaticEmbedding:
    """Untrained, over every character of the pairs and the common ones; unknown characters weigh nothing."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    tokenizer = tokenizer_of(common_characters() | {c for pair in pairs for c in pair.question + pair.passage})
    weights = torch.randn(tokenizer.get_vocab_size(), recipe.dimension) / recipe.dimension**0.5
    weights[0] = 0
    return StaticEmbedding(tokenizer, embedding_weights=weights)


def _fit(module: StaticEmbedding, pairs: Sequence[Pair], recipe: Recipe) -> None:
    """Every pair once an epoch, in an order of the seed's; progress to stderr."""
    optimizer = torch.optim.AdamW(module.parameters(), lr=recipe.rate, weight_decay=0.0)
    batches = list(_batches(pairs, recipe))
    print(f"{len(pairs)} pairs, {len(batches)} steps", file=sys.stderr)
    for step, batch in enumerate(batches, 1):
        share = step / len(batches)
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * min(share * 10, 1.0) * (1 - share)
        loss = _loss(module, batch, recipe.scale)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        if step % 50 == 0 or step == len(batches):
            print(f"step {step}/{len(batches)}: loss {loss.item():.3f}", file=sys.stderr)


def _batches(pairs: Sequence[Pair], recipe: Recipe) -> Iterator[list[Pair]]:
    order = random.Random(recipe.seed)
    for _ in range(recipe.epochs):
        shuffled = order.sample(list(pairs), len(pairs))
        yield from (shuffled[at : at + recipe.batch] for at in range(0, len(pairs), recipe.batch))


def _loss(module: StaticEmbedding, batch: list[Pair], scale: float) -> torch.Tensor:
    passages = sorted({pair.passage for pair in batch})
    place = {passage: at for at, passage in enumerate(passages)}
    scores = scale * _encode(module, [pair.question for pair in batch]) @ _encode(module, passages).T
    return torch.nn.functional.cross_entropy(scores, torch.tensor([place[pair.passage] for pair in batch]))


def _encode(module: StaticEmbedding, texts: list[str]) -> torch.Tensor:
    return torch.nn.functional.normalize(module(module.preprocess(texts))["sentence_embedding"], dim=-1)


def _save(module: StaticEmbedding, directory: Path) -> None:
    """Write the files sentence-transformers reads, all of them without dates, versions and timings."""
    weight = module.embedding.weight
    with torch.no_grad():
        weight.copy_(torch.from_numpy(np.round(weight.numpy() / STEP) * STEP))
    with tempfile.TemporaryDirectory() as scratch:
        SentenceTransformer(modules=[module], device="cpu").save(scratch, create_model_card=False)
        directory.mkdir(parents=True, exist_ok=True)
        for name in ("tokenizer.json", "model.safetensors"):
            shutil.copyfile(Path(scratch) / name, directory / name)
    # The name of the module that every release since 3.2 resolves.
    described = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    (directory / "modules.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
