"""Two-phase training: first the head alone on a frozen backbone, then the later stages and the head.

    python train.py --data DIR --work DIR [--backbone efficientnet-lite2] [--epochs 15] …

Every epoch leaves a checkpoint; the same command run again goes on from it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

import charts
from backbones import BACKBONES
from phases import phase_one, phase_two
from trainer import Trainer


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="labels.tsv and images/")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and results")
    parser.add_argument("--backbone", choices=sorted(BACKBONES), default="efficientnet-lite2")
    parser.add_argument("--weights", help="a weights file, or 'random'; default: the package's ImageNet weights; resnet34 has none, but 'imagenet' to fetch")
    parser.add_argument("--start", type=Path, help="the best.pt of an earlier run to begin from, in place of phase 1")
    parser.add_argument("--size", type=int, default=256, help="input side in pixels, in the end")
    parser.add_argument("--first-size", type=int, help="input side at first; it grows to --size in steps of 32; default: --size")
    parser.add_argument("--head-epochs", type=int, default=15, help="phase 1, on features computed once")
    parser.add_argument("--epochs", type=int, default=15, help="phase 2")
    parser.add_argument("--patience", type=int, default=4, help="phase 2 stops after so many epochs without a better macro-F1")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=3e-4, help="phase 2's peak learning rate")
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--least-crop", type=float, default=0.5, help="the smallest share of a picture that a training crop shows")
    parser.add_argument("--mixup", type=float, default=0.4, help="Beta(a, a) of mixup after the stem, on every other batch; 0: off")
    parser.add_argument("--ema", type=float, default=0.998, help="decay of the weight average that is evaluated and kept")
    parser.add_argument("--own-opinion", type=float, default=0.5, help="how much a picture's earlier predictions count beside a doubtful label; 0: off")
    parser.add_argument("--teacher", type=Path, help=".npz of ids [N] and probabilities [N, 5] to mix into the targets")
    parser.add_argument("--teacher-share", type=float, default=0.5)
    parser.add_argument("--precision", choices=("fp32", "bf16"), default="fp32", help="bf16 is twice as fast on processors with AMX, slower on others")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(argv)
    args.first_size = args.first_size or args.size
    if args.first_size > args.size or (args.size - args.first_size) % 32:
        parser.error("--first-size must be --size or a multiple of 32 pixels less")
    return args


def finish(trainer: Trainer) -> None:
    """metrics.json, the loss curve and the confusion matrix of the best epoch."""
    work = trainer.args.work
    best = torch.load(work / "best.pt", map_location="cpu", weights_only=False)
    # names of files, not where they lie on this machine
    facts = {key: value.name if isinstance(value, Path) else value for key, value in vars(trainer.args).items()}
    (work / "metrics.json").write_text(
        json.dumps(
            {
                "arguments": {key: value for key, value in facts.items() if key not in ("data", "work")},
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
    saved = trainer.saved()
    if trainer.args.start is None:
        phase_one(trainer, saved)
    phase_two(trainer, saved)
    finish(trainer)


if __name__ == "__main__":
    main()
