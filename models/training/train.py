"""Two-phase training: first the head alone on a frozen backbone, then the later stages and the head.

    python train.py --data DIR --work DIR [--backbone efficientnet-lite0] [--epochs 15] …

On SageMaker the same file reads its data from SM_CHANNEL_TRAINING and writes to SM_MODEL_DIR.
Every epoch leaves a checkpoint; the same command run again goes on from it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader

import charts
from backbones import BACKBONES, Network, build
from dataset import Dataset, Example, Photos, class_weights, read_dataset, soft_target
from metrics import summary
from stem_views import seed_worker, stem_view, to_network

Batch = tuple[torch.Tensor, torch.Tensor]


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("SM_CHANNEL_TRAINING"), help="labels.tsv and images/")
    parser.add_argument("--work", type=Path, default=os.environ.get("SM_MODEL_DIR"), help="checkpoints and results")
    parser.add_argument("--backbone", choices=sorted(BACKBONES), default="efficientnet-lite0")
    parser.add_argument("--weights", help="a weights file, or 'random'; default: the package's ImageNet weights")
    parser.add_argument("--size", type=int, default=224, help="input side, pixels")
    parser.add_argument("--head-epochs", type=int, default=30, help="phase 1, on cached features")
    parser.add_argument("--epochs", type=int, default=15, help="phase 2")
    parser.add_argument("--patience", type=int, default=4, help="phase 2 stops after so many epochs without a better macro-F1")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=5e-4, help="phase 2's peak learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--mixup", type=float, default=0.2, help="Beta(a, a) of mixup after the stem; 0: off")
    parser.add_argument("--ema", type=float, default=0.998, help="decay of the weight average that is evaluated and kept")
    parser.add_argument("--views", type=int, default=0, help="augmented stem views kept on disk; 0: augment anew every epoch")
    parser.add_argument("--teacher", type=Path, help=".npz of ids [N] and probabilities [N, 5] to mix into the targets")
    parser.add_argument("--teacher-share", type=float, default=0.5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(argv)
    if args.data is None or args.work is None:
        parser.error("--data and --work are needed")
    return args


class Trainer:
    """One run: its data, network, weight average and history."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        torch.manual_seed(args.seed)
        random.seed(args.seed)
        np.random.seed(args.seed)
        args.work.mkdir(parents=True, exist_ok=True)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.data: Dataset = read_dataset(args.data, args.seed, args.workers)
        print(f"train {len(self.data.train)}, val {len(self.data.val)}, skipped {self.data.skipped or 'none'}", flush=True)
        self.network = build(args.backbone, args.size, args.weights).to(self.device)
        self.targets = _targets(self.data.train, args)
        self.weights = class_weights(self.data.train).to(self.device)
        self.labels = torch.tensor([example.genre for example in self.data.val])
        self.history: list[dict] = []

    def view(self, examples: list[Example], name: str, seed: int | None) -> np.ndarray:
        args = self.args
        file = args.work / f"{args.backbone}-{args.size}-{name}.f16"
        return stem_view(self.network, examples, args.size, file, seed, args.workers)

    def epoch_batches(self, epoch: int) -> Iterator[Batch]:
        """(stem output, targets) of one shuffled pass over the training pictures."""
        order = torch.randperm(len(self.data.train), generator=torch.Generator().manual_seed(self.args.seed + epoch))
        if self.args.views:
            number = epoch % self.args.views
            view = self.view(self.data.train, f"view{number}", self.args.seed + 1000 + number)
            for rows in order.split(self.args.batch_size):
                if len(rows) > 1:
                    yield to_network(view[rows.numpy()]), self.targets[rows]
            return
        loader = DataLoader(
            torch.utils.data.Subset(Photos(self.data.train, self.args.size, augment=True), order.tolist()),
            batch_size=self.args.batch_size, num_workers=self.args.workers, worker_init_fn=seed_worker,
            generator=torch.Generator().manual_seed(self.args.seed + 1000 + epoch),
        )
        for pixels, rows in zip(loader, order.split(self.args.batch_size)):
            yield self.stem_output(pixels), self.targets[rows]

    @torch.no_grad()
    def stem_output(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.network.stem(self.network.normalise(pixels.to(self.device)))

    def loss(self, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, targets.to(logits.device), weight=self.weights)

    @torch.no_grad()
    def features(self, view: np.ndarray) -> torch.Tensor:
        """Pooled features [N, K] of a stem view."""
        self.network.eval()
        parts = [
            self.network.stages(to_network(view[i : i + 64]).to(self.device)).mean((2, 3)).cpu()
            for i in range(0, len(view), 64)
        ]
        return torch.cat(parts)

    def validate(self) -> tuple[torch.Tensor, dict[str, float]]:
        features = self.features(self.view(self.data.val, "val", None)).to(self.device)
        with torch.no_grad():
            logits = self.network.fc(features).cpu()
        loss = F.cross_entropy(logits, self.labels).item()
        return logits, {"valLoss": loss, **summary(logits, self.labels)}

    def phase_one(self) -> None:
        """The head alone, on pooled features of the frozen backbone: they are computed once, from the first view."""
        features = self.features(self.view(self.data.train, "view0", self.args.seed + 1000)).to(self.device)
        optimiser = torch.optim.AdamW(self.network.fc.parameters(), lr=3e-3, weight_decay=0.02)
        for _ in range(self.args.head_epochs):
            for rows in torch.randperm(len(features)).split(256):
                optimiser.zero_grad()
                self.loss(self.network.fc(self.network.dropout(features[rows])), self.targets[rows]).backward()
                optimiser.step()
        self.record({"phase": 1, "epoch": self.args.head_epochs, **self.validate()[1]})

    def record(self, row: dict) -> None:
        self.history.append(row)
        print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()}), flush=True)


def _targets(examples: list[Example], args: argparse.Namespace) -> torch.Tensor:
    targets = torch.stack([soft_target(example) for example in examples])
    if args.teacher is None:
        return targets
    teacher = np.load(args.teacher)
    by_id = dict(zip(teacher["ids"].tolist(), torch.from_numpy(teacher["probabilities"]).float()))
    taught = torch.stack([by_id.get(example.id, target) for example, target in zip(examples, targets)])
    return (1 - args.teacher_share) * targets + args.teacher_share * taught


def mixed(batch: Batch, alpha: float) -> Batch:
    """Mixup (Zhang et al. 2018) of stem outputs, as manifold mixup does."""
    inputs, targets = batch
    if alpha <= 0:
        return batch
    share = float(np.random.beta(alpha, alpha))
    other = torch.randperm(len(inputs))
    return share * inputs + (1 - share) * inputs[other], share * targets + (1 - share) * targets[other]


def phase_two(trainer: Trainer) -> None:
    """The stages and the head, one cosine over all epochs; the weight average is what counts."""
    args, network = trainer.args, trainer.network
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": [p for p in trained if p.ndim > 1]}, {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0}],
        lr=args.lr, weight_decay=args.weight_decay,
    )
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.ema), use_buffers=True
    )
    state = {"network": network, "average": average, "optimiser": optimiser}
    start, best, stale = _resume(args.work / "checkpoint.pt", state, trainer)
    for epoch in range(start, args.epochs):
        if stale >= args.patience:
            break
        began = time.monotonic()
        loss = _train_epoch(trainer, epoch, optimiser, average)
        trainer.network = average.module
        logits, figures = trainer.validate()
        trainer.network = network
        trainer.record({"phase": 2, "epoch": epoch + 1, "loss": loss, **figures, "seconds": time.monotonic() - began})
        if figures["macroF1"] > best:
            best, stale = figures["macroF1"], 0
            torch.save({"network": average.module.state_dict(), "logits": logits, "figures": figures}, args.work / "best.pt")
        else:
            stale += 1
        saved = {name: part.state_dict() for name, part in state.items()}
        progress = {"epoch": epoch + 1, "best": best, "stale": stale, "history": trainer.history}
        _save(args.work / "checkpoint.pt", {**saved, **progress})


def warm_up_and_cosine(progress: float, warm_up: float = 0.08) -> float:
    """The learning rate's share of its peak, at 0 … 1 of all epochs. It knows no past, so a resumed run may change --epochs."""
    if progress < warm_up:
        return 0.04 + 0.96 * progress / warm_up
    return 0.5 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up)))


def _train_epoch(trainer: Trainer, epoch: int, optimiser, average) -> float:
    torch.manual_seed(trainer.args.seed + epoch)
    np.random.seed(trainer.args.seed + epoch)
    losses: list[float] = []
    steps = -(-len(trainer.data.train) // trainer.args.batch_size)
    for step, batch in enumerate(trainer.epoch_batches(epoch)):
        for group in optimiser.param_groups:
            group["lr"] = trainer.args.lr * warm_up_and_cosine((epoch + step / steps) / trainer.args.epochs)
        trainer.network.train()
        inputs, targets = mixed(batch, trainer.args.mixup)
        optimiser.zero_grad(set_to_none=True)
        loss = trainer.loss(trainer.network.head(trainer.network.stages(inputs.to(trainer.device))), targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 5.0)
        optimiser.step()
        average.update_parameters(trainer.network)
        losses.append(loss.item())
    return sum(losses) / len(losses)


def _resume(file: Path, state: dict, trainer: Trainer) -> tuple[int, float, int]:
    if not file.exists():
        return 0, 0.0, 0
    saved = torch.load(file, map_location=trainer.device, weights_only=False)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    trainer.history = saved["history"]
    print(f"resuming after epoch {saved['epoch']}", flush=True)
    return saved["epoch"], saved["best"], saved["stale"]


def _save(file: Path, value: dict) -> None:
    part = file.with_suffix(".part")
    torch.save(value, part)
    part.replace(file)  # never half a checkpoint


def finish(trainer: Trainer) -> None:
    """metrics.json, the loss curve and the confusion matrix of the best epoch."""
    work = trainer.args.work
    best = torch.load(work / "best.pt", weights_only=False)
    facts = {key: str(value) if isinstance(value, Path) else value for key, value in vars(trainer.args).items() if key not in ("data", "work")}
    (work / "metrics.json").write_text(
        json.dumps(
            {
                "arguments": facts,
                "train": len(trainer.data.train),
                "val": len(trainer.data.val),
                "skipped": trainer.data.skipped,
                "best": best["figures"],
                "history": trainer.history,
            },
            indent=2,
        )
    )
    charts.loss_curve(trainer.history, work / "loss.png")
    charts.confusion_matrix(best["logits"], trainer.labels, work / "confusion.png")


def main(argv: list[str] | None = None) -> None:
    trainer = Trainer(arguments(argv))
    if not (trainer.args.work / "checkpoint.pt").exists():
        trainer.phase_one()
    phase_two(trainer)
    finish(trainer)


if __name__ == "__main__":
    main()
