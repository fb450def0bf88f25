"""Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391), in closed form and by a backward pass."""

from __future__ import annotations

import torch
from torch import nn

from dataset import GENRES


@torch.no_grad()
def closed_form_cam(network: nn.Module, features: torch.Tensor, genre: int) -> torch.Tensor:
    """[H, W], 0 … 1: ReLU of the head's weights times the features [K, H, W], scaled by the peak."""
    return _scaled(torch.einsum("k,khw->hw", network.fc.weight[genre], features).clamp(min=0))


def autograd_cam(network: nn.Module, image: torch.Tensor, genre: int) -> torch.Tensor:
    """[H, W], 0 … 1, by a backward pass: the reference for the closed form."""
    with torch.enable_grad():
        logits, features = network(image[None].clone().requires_grad_())
        features.retain_grad()
        logits[0, genre].backward()
    weights = features.grad.mean((2, 3), keepdim=True)
    network.zero_grad(set_to_none=True)
    return _scaled((weights * features).sum(1).clamp(min=0)[0].detach())


def _scaled(cam: torch.Tensor) -> torch.Tensor:
    return cam / cam.max() if cam.max() > 0 else cam


def check_cam(network: nn.Module, images: torch.Tensor, tolerance: float) -> float:
    """The largest difference of scaled maps over all images and genres. Raises ValueError above the tolerance."""
    with torch.no_grad():
        features = network(images)[1]
    gap = max(
        (closed_form_cam(network, features[i], genre) - autograd_cam(network, images[i], genre)).abs().max().item()
        for i in range(len(images))
        for genre in range(len(GENRES))
    )
    if gap > tolerance:
        raise ValueError(f"closed-form Grad-CAM differs from autograd by {gap}")
    return gap
