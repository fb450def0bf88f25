"""The labelled pictures: reading labels, splitting, soft targets, augmentation.

A data set is a folder with `labels.tsv` (columns id, genre and, optionally, split, confidence, second)
and `images/<id>.jpg`. Rows that cannot be used are left out and counted, never replaced by a blank picture.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision.transforms import v2

GENRES = ("classical", "electronic", "jazz", "pop", "rock")

# The probability that a second labeller would agree, by the first one's confidence (1 doubt … 3 clear).
AGREEMENT = {1: 0.60, 2: 0.85, 3: 0.96}
# How much of the remaining probability the named second choice takes.
SECOND_SHARE = 0.75


@dataclass(frozen=True)
class Example:
    id: str
    path: Path
    genre: int
    confidence: int
    second: int | None


@dataclass(frozen=True)
class Dataset:
    train: list[Example]
    val: list[Example]
    skipped: dict[str, int]
    """Why rows were left out, with how many: 'unknown label', 'unknown split', 'missing file', 'unreadable file'."""


def read_dataset(root: Path, seed: int, workers: int = 2) -> Dataset:
    """Reads and checks a data set.

    The table's own split is kept; without one it is a stratified 80/20, seeded.
    Raises ValueError if a genre has no training picture left.
    """
    skipped: Counter[str] = Counter()
    rows: list[tuple[Example, str]] = []
    with open(root / "labels.tsv", newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            path = root / "images" / f"{row['id']}.jpg"
            if row["genre"] not in GENRES:
                skipped["unknown label"] += 1
            elif (row.get("split") or "") not in ("train", "val", ""):
                skipped["unknown split"] += 1
            elif not path.is_file():
                skipped["missing file"] += 1
            else:
                rows.append((_example(row, path), row.get("split") or ""))
    with ProcessPoolExecutor(workers) as pool:
        readable = list(pool.map(is_readable, [example.path for example, _ in rows], chunksize=64))
    skipped["unreadable file"] += readable.count(False)
    rows = [row for row, ok in zip(rows, readable) if ok]
    train, val = _split(rows, seed)
    missing = set(range(len(GENRES))) - {example.genre for example in train}
    if missing:
        raise ValueError(f"no training picture for: {', '.join(GENRES[genre] for genre in sorted(missing))}")
    return Dataset(train, val, {reason: count for reason, count in skipped.items() if count})


def _example(row: dict[str, str], path: Path) -> Example:
    second = row.get("second")
    return Example(
        id=row["id"],
        path=path,
        genre=GENRES.index(row["genre"]),
        confidence=int(row.get("confidence") or 3),
        second=GENRES.index(second) if second in GENRES else None,
    )


def _split(rows: list[tuple[Example, str]], seed: int) -> tuple[list[Example], list[Example]]:
    if any(split for _, split in rows):
        return [e for e, split in rows if split != "val"], [e for e, split in rows if split == "val"]
    by_genre: dict[int, list[Example]] = defaultdict(list)
    for example, _ in rows:
        by_genre[example.genre].append(example)
    train: list[Example] = []
    val: list[Example] = []
    for genre in sorted(by_genre):
        examples = by_genre[genre]
        random.Random(seed + genre).shuffle(examples)
        cut = round(0.8 * len(examples))
        train += examples[:cut]
        val += examples[cut:]
    return train, val


def is_readable(path: Path) -> bool:
    """Whether the whole picture decodes, not only its header."""
    try:
        with Image.open(path) as image:
            image.convert("RGB").load()
        return True
    except Exception:  # PIL raises many types for damaged files
        return False


def soft_target(example: Example) -> torch.Tensor:
    """[5] probabilities: how sure the labeller was, and of what else."""
    sure = AGREEMENT[example.confidence]
    target = torch.full((len(GENRES),), 0.0)
    others = [genre for genre in range(len(GENRES)) if genre != example.genre]
    left = 1.0 - sure
    if example.second is not None and example.second != example.genre:
        target[example.second] = left * SECOND_SHARE
        others.remove(example.second)
        left *= 1.0 - SECOND_SHARE
    target[others] = left / len(others)
    target[example.genre] = sure
    return target


def class_weights(examples: list[Example]) -> torch.Tensor:
    """[5] weights for CrossEntropy: square root of the inverse frequency, with mean 1 over the examples."""
    counts = torch.tensor([sum(e.genre == genre for e in examples) for genre in range(len(GENRES))], dtype=torch.float)
    weights = counts.rsqrt()
    return weights * counts.sum() / (weights * counts).sum()


def _recompress(image: Image.Image) -> Image.Image:
    """What chats do to photos: another size, another JPEG quality."""
    if random.random() < 0.3:
        scale = random.uniform(0.5, 1.0)
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.BILINEAR)
    if random.random() < 0.5:
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=random.randint(40, 95))
        image = Image.open(buffer).convert("RGB")
    return image


def augmentation(size: int, least_crop: float) -> v2.Compose:
    """PIL image → augmented PIL image, size × size, of at least `least_crop` of its area. Colour changes stay small: colour is what the label is about."""
    return v2.Compose(
        [
            _recompress,
            v2.RandomResizedCrop(size, scale=(least_crop, 1.0), ratio=(0.65, 1.6), antialias=True),
            v2.RandomHorizontalFlip(),
            v2.RandomApply([v2.ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2)], p=0.8),
            v2.RandomApply([v2.GaussianBlur(5, sigma=(0.1, 1.5))], p=0.1),
        ]
    )


def load(path: Path, size: int, augment: v2.Compose | None = None) -> np.ndarray:
    """[size, size, 3] uint8. Without augmentation the whole picture is resized to a square."""
    with Image.open(path) as file:
        image = file.convert("RGB")
    image = augment(image) if augment else image.resize((size, size), Image.BILINEAR)
    return np.array(image)


class Photos(torch.utils.data.Dataset):
    """Index → uint8 tensor [3, size, size], augmented if crops are given a least share."""

    def __init__(self, examples: list[Example], size: int, least_crop: float | None):
        self.examples = examples
        self.size = size
        self.augment = augmentation(size, least_crop) if least_crop else None

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, index: int) -> torch.Tensor:
        return torch.from_numpy(load(self.examples[index].path, self.size, self.augment)).permute(2, 0, 1)
