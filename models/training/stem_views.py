"""What the frozen stem makes of the pictures, kept on disk.

The stem never changes, so its output for an augmented picture can be computed once and used in several epochs:
on two CPU cores training then costs only the stages. Each view is one memory-mapped file [N, s, s, c], float16,
with its own random augmentation of every picture; epoch e trains on view e mod `views`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader

from backbones import Network
from dataset import Example, Photos


def stem_view(network: Network, examples: list[Example], size: int, file: Path, seed: int | None, workers: int) -> np.ndarray:
    """[N, s, s, c] float16, made unless `file` has it. seed None: no augmentation."""
    done = file.with_suffix(".json")
    if not done.exists():
        shape = _write_view(network, examples, size, file, seed, workers)
        done.write_text(json.dumps({"shape": shape}))
    shape = tuple(json.loads(done.read_text())["shape"])
    return np.memmap(file, dtype=np.float16, mode="r", shape=shape)


@torch.no_grad()
def _write_view(network: Network, examples: list[Example], size: int, file: Path, seed: int | None, workers: int) -> list[int]:
    generator = torch.Generator().manual_seed(seed or 0)
    loader = DataLoader(
        Photos(examples, size, augment=seed is not None), batch_size=64, num_workers=workers, generator=generator,
        worker_init_fn=seed_worker,
    )
    view: np.memmap | None = None
    start = 0
    network.eval()
    device = next(network.parameters()).device
    for pixels in loader:
        output = network.stem(network.normalise(pixels.to(device))).permute(0, 2, 3, 1).half().cpu().numpy()
        if view is None:
            view = np.memmap(file, dtype=np.float16, mode="w+", shape=(len(examples), *output.shape[1:]))
        view[start : start + len(output)] = output
        start += len(output)
    if view is None:
        raise ValueError("no pictures")
    view.flush()
    return list(view.shape)


def seed_worker(_: int) -> None:
    """Python's and NumPy's generators follow torch's in every worker, so a seed fixes the augmentation."""
    import random

    seed = torch.initial_seed() % 2**32
    random.seed(seed)
    np.random.seed(seed)


def to_network(rows: np.ndarray) -> torch.Tensor:
    """[B, s, s, c] float16 → [B, c, s, s] float32 in channels_last layout."""
    return torch.from_numpy(np.array(rows)).float().permute(0, 3, 1, 2)
