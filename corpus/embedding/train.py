"""``python -m corpus.embedding.train [--out DIR] [--check]``: train the shipped model from scratch.

Bit for bit reproducible: sorted vocabulary, fixed seed, one thread, and the arithmetic every x86-64
processor has. ``--check`` trains into a scratch directory and compares with the shipped files.
Needs the ``[train]`` extra of sentence-transformers; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

# Read by torch and MKL when they load. Without these the last bits depend on the processor's vector units.
os.environ |= {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
}

import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
from sentence_transformers.base.sampler import BatchSamplers
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from sentence_transformers.sentence_transformer.training_args import SentenceTransformerTrainingArguments
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from corpus.embedding import SHIPPED_MODEL
from corpus.embedding.pairs import Pair, corpus_pairs

FILES = ("tokenizer.json", "model.safetensors", "modules.json")
DIMENSION, SEED, EPOCHS, BATCH, RATE = 112, 2016, 4, 128, 0.02
UNKNOWN = "[UNK]"
# Weights are kept to this step: far below what ranking can notice, and the files compress.
STEP = 2.0**-12


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or with ``--check`` compare; exit status 1 when the files differ."""
    parser = argparse.ArgumentParser(prog="python -m corpus.embedding.train", description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED_MODEL)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    if not options.check:
        train(options.out)
        print(f"{options.out}: {digest(options.out)}", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        train(Path(scratch))
        again, shipped = digest(Path(scratch)), digest(options.out)
    print(f"shipped {shipped}\nagain   {again}", file=sys.stderr)
    return 0 if again == shipped else 1


def digest(directory: Path) -> str:
    """sha256 over the model's files, in a fixed order."""
    return hashlib.sha256(b"".join((directory / name).read_bytes() for name in FILES)).hexdigest()


def train(directory: Path) -> None:
    """Generate the pairs, train, and write the model's files to ``directory``."""
    pairs = corpus_pairs(SEED)
    print(f"{len(pairs)} pairs", file=sys.stderr)
    model = new_model(pairs)
    _fit(model, pairs)
    _save(model, directory)


def new_model(pairs: Iterable[Pair]) -> SentenceTransformer:
    """An untrained model over every character of the pairs and the common ones; unknown characters weigh nothing."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    tokenizer = characters_to_tokenizer(
        common_characters() | {c for pair in pairs for c in pair.question + pair.passage}
    )
    weights = torch.randn(tokenizer.get_vocab_size(), DIMENSION) / DIMENSION**0.5
    weights[0] = 0
    return SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")


def common_characters() -> set[str]:
    """ASCII and the 3,755 everyday characters of GB 2312's first level, so that other reports' words have vectors."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return {cell.decode("gb2312", errors="ignore") for cell in cells} | {chr(code) for code in range(33, 127)}


def characters_to_tokenizer(characters: Iterable[str]) -> Tokenizer:
    """A tokenizer whose tokens are single characters (NFKC, lower case), punctuation and blanks left out."""
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


def _fit(model: SentenceTransformer, pairs: Sequence[Pair]) -> None:
    data = Dataset.from_dict({"anchor": [p.question for p in pairs], "positive": [p.passage for p in pairs]})
    with tempfile.TemporaryDirectory() as scratch:
        settings = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=EPOCHS,
            per_device_train_batch_size=BATCH,
            learning_rate=RATE,
            warmup_steps=0.1,
            batch_sampler=BatchSamplers.NO_DUPLICATES,
            seed=SEED,
            data_seed=SEED,
            use_cpu=True,
            save_strategy="no",
            report_to=[],
            logging_steps=50,
            dataloader_num_workers=0,
        )
        trainer = SentenceTransformerTrainer(
            model=model, args=settings, train_dataset=data, loss=MultipleNegativesRankingLoss(model)
        )
        trainer.train()


def _save(model: SentenceTransformer, directory: Path) -> None:
    """Write the files sentence-transformers reads, all of them without dates, versions and timings."""
    module = model[0]
    assert isinstance(module, StaticEmbedding)
    weight = module.embedding.weight
    with torch.no_grad():
        weight.copy_(torch.round(weight / STEP) * STEP)
    with tempfile.TemporaryDirectory() as scratch:
        model.save(scratch, create_model_card=False)
        directory.mkdir(parents=True, exist_ok=True)
        for name in ("tokenizer.json", "model.safetensors"):
            shutil.copyfile(Path(scratch) / name, directory / name)
    # The name of the module that every release since 3.2 resolves.
    described = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    (directory / "modules.json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
