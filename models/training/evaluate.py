"""A trained network's figures on the validation pictures.

    python evaluate.py --work DIR --data DIR [--size 288] [--mirror]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

import charts
from backbones import Network, build
from dataset import Example, load, read_dataset
from folded_conv import make_plain
from metrics import cross_fitted_ece, expected_calibration_error, fit_temperature, per_genre, predicted, summary

# Folders whose pictures are split by source: the harder part of the validation set.
BY_SOURCE = ("people", "city", "nature", "indoor", "music", "art")


class Mirrored(nn.Module):
    """The mean over a picture and its mirror image, inside the graph.

    The head is linear in the features' mean, so the averaged features give exactly the averaged logits, and the closed
    form of Grad-CAM holds for them too.
    """

    def __init__(self, network: Network):
        super().__init__()
        self.network = network
        self.fc = network.fc
        self.head = network.head
        self.normalise = network.normalise
        self.normalisation = network.normalisation

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        features = (self.network(image)[1] + self.network(image.flip(3))[1].flip(3)) / 2
        return self.network.head(features), features


def load_trained(work: Path, size: int | None = None, mirror: bool = False) -> tuple[nn.Module, int, dict]:
    """(the best epoch's network on the CPU, with plain convolutions; its input side; the run's metrics.json)."""
    run = json.loads((work / "metrics.json").read_text())
    size = size or run["arguments"]["size"]
    network = build(run["arguments"]["backbone"], size, "random")
    network.load_state_dict(torch.load(work / "best.pt", map_location="cpu", weights_only=False)["network"])
    make_plain(network)
    network.eval()
    return (Mirrored(network).eval() if mirror else network), size, run


@torch.no_grad()
def val_logits(network: nn.Module, examples: list[Example], size: int) -> torch.Tensor:
    parts = []
    for start in range(0, len(examples), 32):
        pixels = np.stack([load(example.path, size) for example in examples[start : start + 32]])
        parts.append(network(network.normalise(torch.from_numpy(pixels).permute(0, 3, 1, 2)))[0])
    return torch.cat(parts)


def evaluate(network: nn.Module, data: Path, size: int, seed: int, charts_dir: Path | None) -> tuple[dict, float]:
    """Figures on the validation part, and the temperature fitted on all of it."""
    val = read_dataset(data, seed).val
    labels = torch.tensor([example.genre for example in val])
    logits = val_logits(network, val, size)
    temperature = fit_temperature(logits, labels)
    by_source = torch.tensor([example.id.split("/")[0] in BY_SOURCE for example in val])
    metrics = {
        **summary(logits, labels),
        "ece": cross_fitted_ece(logits, labels),
        "eceUncalibrated": expected_calibration_error(logits, labels, 1.0),
        "valPictures": len(val),
        "perGenre": per_genre(logits, labels),
        "predicted": predicted(logits, temperature),
    }
    for name, part in (("bySource", by_source), ("atRandom", ~by_source)):
        if part.any():
            metrics[name] = {**summary(logits[part], labels[part]), "count": int(part.sum())}
    if charts_dir:
        charts.confusion_matrix(logits, labels, charts_dir / "confusion.png")
    return metrics, temperature


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="what train.py wrote")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--size", type=int, help="input side, where it is not the training's")
    parser.add_argument("--mirror", action="store_true", help="average with the mirror image")
    args = parser.parse_args(argv)
    network, size, run = load_trained(args.work, args.size, args.mirror)
    metrics, temperature = evaluate(network, args.data, size, run["arguments"]["seed"], None)
    print(json.dumps({"size": size, "temperature": temperature, **metrics}, indent=2))


if __name__ == "__main__":
    main()
