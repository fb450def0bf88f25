"""Generated pictures that both test files train on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dataset import GENRES

COLOURS = [(120, 160, 220), (180, 40, 200), (150, 90, 40), (250, 220, 90), (60, 20, 20)]
HEADER = "id\tsplit\tgenre\tconfidence\tsecond\n"


def picture(genre: int, seed: int, path: Path) -> None:
    noise = np.random.default_rng(seed).integers(-40, 40, (70, 90, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.array(COLOURS[genre]) + noise).clip(0, 255).astype(np.uint8)).save(path, quality=85)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 pictures, 8 a genre, told apart by colour; 6 of 8 in training."""
    root = tmp_path_factory.mktemp("data")
    rows = [HEADER]
    for index in range(40):
        genre, number = index % 5, index // 5
        picture(genre, index, root / "images" / "made" / f"{index}.jpg")
        split = "train" if number < 6 else "val"
        rows.append(f"made/{index}\t{split}\t{GENRES[genre]}\t{1 + index % 3}\t{GENRES[(genre + 1) % 5]}\n")
    (root / "labels.tsv").write_text("".join(rows))
    return root
