"""The pictures a training run leaves."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import torch

from dataset import GENRES
from metrics import confusion


def loss_curve(history: list[dict], file: Path) -> None:
    epochs = [row for row in history if row["phase"] == 2]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5))
    left.plot([e["epoch"] for e in epochs], [e["loss"] for e in epochs], marker="o", label="training (soft targets, mixup)")
    left.plot([e["epoch"] for e in epochs], [e["valLoss"] for e in epochs], marker="o", label="validation")
    left.set(xlabel="epoch", ylabel="cross-entropy")
    left.legend()
    for key in ("accuracy", "top2", "macroF1"):
        right.plot([e["epoch"] for e in epochs], [e[key] for e in epochs], marker="o", label=key)
    right.set(xlabel="epoch", ylabel="validation")
    right.legend()
    _save(figure, file)


def confusion_matrix(logits: torch.Tensor, labels: torch.Tensor, file: Path) -> None:
    table = confusion(logits, labels).numpy()
    shares = table / table.sum(1, keepdims=True).clip(1)
    figure, axes = plt.subplots(figsize=(5, 4.4))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel="predicted", ylabel="label", xticks=range(5), yticks=range(5), xticklabels=GENRES, yticklabels=GENRES)
    axes.tick_params(axis="x", rotation=30)
    for row in range(5):
        for column in range(5):
            colour = "white" if shares[row, column] > 0.5 else "black"
            axes.text(column, row, f"{shares[row, column]:.2f}\n{table[row, column]}", ha="center", va="center", color=colour, fontsize=8)
    _save(figure, file)


def _save(figure: plt.Figure, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    plt.close(figure)
