"""Figures of a classifier, from logits [N, 5] and labels [N]."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from dataset import GENRES


def confusion(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """[5, 5] counts: row = label, column = prediction."""
    count = len(GENRES)
    return torch.bincount(labels * count + logits.argmax(1), minlength=count * count).view(count, count)


def summary(logits: torch.Tensor, labels: torch.Tensor) -> dict[str, float]:
    table = confusion(logits, labels).double()
    top2 = (logits.topk(2, dim=1).indices == labels[:, None]).any(1)
    return {
        "accuracy": (table.diagonal().sum() / table.sum()).item(),
        "top2": top2.double().mean().item(),
        "macroF1": _f1(table).mean().item(),
    }


def per_genre(logits: torch.Tensor, labels: torch.Tensor) -> dict[str, dict[str, float]]:
    table = confusion(logits, labels).double()
    precision = table.diagonal() / table.sum(0).clamp(min=1)
    recall = table.diagonal() / table.sum(1).clamp(min=1)
    f1 = _f1(table)
    return {
        genre: {"precision": precision[i].item(), "recall": recall[i].item(), "f1": f1[i].item(), "count": int(table[i].sum())}
        for i, genre in enumerate(GENRES)
    }


def _f1(table: torch.Tensor) -> torch.Tensor:
    return 2 * table.diagonal() / (table.sum(0) + table.sum(1)).clamp(min=1)


def predicted(logits: torch.Tensor, temperature: float) -> dict:
    """What is said, right or wrong: pictures by their most probable genre, and the mean of its calibrated probability."""
    top, guess = (logits.double() / temperature).softmax(1).max(1)
    counts = torch.bincount(guess, minlength=len(GENRES)).tolist()
    return {"genres": dict(zip(GENRES, counts)), "meanConfidence": top.mean().item()}


def fit_temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """The one number T that makes softmax(logits / T) most likely (Guo et al. 2017, arXiv:1706.04599)."""
    log_t = torch.zeros((), dtype=torch.double, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], lr=0.1, max_iter=100)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(logits.double() / log_t.exp(), labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return log_t.exp().item()


def expected_calibration_error(logits: torch.Tensor, labels: torch.Tensor, temperature: float, bins: int = 15) -> float:
    """Mean gap between confidence and accuracy over equal-width bins of the top probability, weighted by size."""
    top, guess = (logits.double() / temperature).softmax(1).max(1)
    right = (guess == labels).double()
    bin_of = (top * bins).long().clamp(max=bins - 1)
    gaps = [
        (right[bin_of == b].mean() - top[bin_of == b].mean()).abs() * (bin_of == b).sum()
        for b in range(bins)
        if (bin_of == b).any()
    ]
    return (torch.stack(gaps).sum() / len(labels)).item()


def cross_fitted_ece(logits: torch.Tensor, labels: torch.Tensor, seed: int = 0) -> float:
    """The temperature fitted on one half and the error measured on the other, both ways, averaged."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    errors = [
        expected_calibration_error(logits[test], labels[test], fit_temperature(logits[fit], labels[fit]))
        for fit, test in (halves, halves[::-1])
    ]
    return sum(errors) / 2
