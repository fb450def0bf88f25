"""One training run: its data, network, targets, history and checkpoint."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, Subset

from backbones import build
from dataset import Dataset, Example, Photos, class_weights, read_dataset, soft_target
from metrics import summary

# What may differ when a run is gone on with; a run with another value of anything else is another run.
FREE = ("data", "work", "epochs", "patience", "workers")


class Trainer:
    def __init__(self, args: argparse.Namespace):
        self.args = args
        torch.manual_seed(args.seed)
        args.work.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.data: Dataset = read_dataset(args.data, args.seed, args.workers)
        print(f"train {len(self.data.train)}, val {len(self.data.val)}, skipped {self.data.skipped or 'none'}", flush=True)
        self.network = build(args.backbone, args.size, args.weights).to(self.device)
        self.history: list[dict] = []
        if args.start:
            earlier = torch.load(args.start, map_location=self.device, weights_only=False)
            self.network.load_state_dict(earlier["network"])
            self.history = earlier["history"]
        self.earlier_epochs = sum(row["phase"] == 2 for row in self.history)
        self.targets = targets_of(self.data.train, args.teacher, args.teacher_share)
        self.weights = class_weights(self.data.train).to(self.device)
        self.labels = torch.tensor([example.genre for example in self.data.val])

    def autocast(self) -> AbstractContextManager:
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.args.precision == "bf16")

    def batches(self, examples: list[Example], size: int, order: torch.Tensor, augment_seed: int | None) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """(normalised pictures [B, 3, S, S], their rows [B]) in the given order; augmented if there is a seed for it."""
        least_crop = None if augment_seed is None else self.args.least_crop
        loader = DataLoader(
            Subset(Photos(examples, size, least_crop), order.tolist()),
            batch_size=self.args.batch_size, num_workers=self.args.workers, worker_init_fn=_seed_worker,
            generator=torch.Generator().manual_seed(augment_seed or 0),
        )
        for pixels, rows in zip(loader, order.split(self.args.batch_size)):
            yield self.network.normalise(pixels.to(self.device)), rows

    def loss(self, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, targets.to(logits.device), weight=self.weights)

    @torch.no_grad()
    def pooled(self, network: torch.nn.Module, examples: list[Example], augment_seed: int | None = None) -> torch.Tensor:
        """Pooled features [N, K]."""
        network.eval()
        parts = []
        for images, _ in self.batches(examples, self.args.size, torch.arange(len(examples)), augment_seed):
            with self.autocast():
                features = network.stages(network.stem(images))
            parts.append(features.float().mean((2, 3)).cpu())
        return torch.cat(parts)

    @torch.no_grad()
    def validate(self, network: torch.nn.Module, features: torch.Tensor) -> tuple[torch.Tensor, dict[str, float]]:
        """(logits [N, 5], figures) of the validation pictures' pooled features."""
        network.eval()
        logits = network.fc(features.to(self.device)).cpu()
        return logits, {"valLoss": F.cross_entropy(logits, self.labels).item(), **summary(logits, self.labels)}

    def record(self, row: dict) -> None:
        self.history.append(row)
        print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()}), flush=True)

    def identity(self) -> str:
        """A hash of what a checkpoint depends on: data, labels and all arguments but those of FREE."""
        facts = [(e.id, e.genre, e.confidence, e.second) for e in [*self.data.train, *self.data.val]]
        choices = {name: str(value) for name, value in sorted(vars(self.args).items()) if name not in FREE}
        return hashlib.sha256(json.dumps([facts, choices]).encode()).hexdigest()

    def write(self, name: str, value: dict) -> None:
        """A file in --work, whole or not at all."""
        part = self.args.work / f"{name}.part"
        torch.save(value, part)
        part.replace(self.args.work / name)

    def save(self, phase: int, epoch: int, **state: object) -> None:
        self.write("checkpoint.pt", {"identity": self.identity(), "phase": phase, "epoch": epoch, "history": self.history, **state})

    def saved(self) -> dict | None:
        """The checkpoint, if there is one. Raises ValueError if it is of another run."""
        file: Path = self.args.work / "checkpoint.pt"
        if not file.exists():
            return None
        saved = torch.load(file, map_location=self.device, weights_only=False)
        if saved.get("identity") != self.identity():
            raise ValueError(f"{file} is of a run with other data, labels or arguments: take another --work")
        self.history = saved["history"]
        print(f"resuming after epoch {saved['epoch']} of phase {saved['phase']}", flush=True)
        return saved


def targets_of(examples: list[Example], teacher_file: Path | None, teacher_share: float) -> torch.Tensor:
    """[N, 5] soft targets: the labels', with a teacher's probabilities mixed in where there is one."""
    targets = torch.stack([soft_target(example) for example in examples])
    if teacher_file is None:
        return targets
    teacher = np.load(teacher_file)
    by_id = dict(zip(teacher["ids"].tolist(), torch.from_numpy(teacher["probabilities"]).float()))
    taught = torch.stack([by_id.get(example.id, target) for example, target in zip(examples, targets)])
    return (1 - teacher_share) * targets + teacher_share * taught


def _seed_worker(_: int) -> None:
    """Python's and NumPy's generators follow torch's in every worker, so a seed fixes the augmentation."""
    seed = torch.initial_seed() % 2**32
    random.seed(seed)
    np.random.seed(seed)
