"""A trained network → genre.onnx and genre.json, checked, with goldens for the TypeScript tests.

    python export.py --work DIR --data DIR --models DIR [--photos DIR --goldens DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from datetime import date
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

import charts
from backbones import Network, build
from dataset import GENRES, load, read_dataset
from metrics import cross_fitted_ece, expected_calibration_error, fit_temperature, per_genre, summary

MAX_BYTES = 20_000_000
TOLERANCE = 1e-4
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


def load_trained(work: Path, size: int | None = None) -> tuple[Network, dict]:
    """The best epoch's weights, on the CPU, for the training's input size or another, and the run's metrics.json."""
    run = json.loads((work / "metrics.json").read_text())
    network = build(run["arguments"]["backbone"], size or run["arguments"]["size"], "random")
    network.load_state_dict(torch.load(work / "best.pt", map_location="cpu", weights_only=False)["network"])
    return network.eval(), run


def export_onnx(network: Network, size: int, file: Path, max_bytes: int = MAX_BYTES) -> None:
    """Inputs: image [N, 3, size, size], normalised; outputs: logits [N, 5], features [N, K, H, W]."""
    torch.onnx.export(
        network.to(memory_format=torch.contiguous_format), (torch.zeros(2, 3, size, size),), str(file),
        dynamo=True, external_data=False, opset_version=18, verbose=False,
        input_names=["image"], output_names=["logits", "features"],
        dynamic_shapes={"image": {0: torch.export.Dim("batch", min=1, max=64)}},
    )
    if file.stat().st_size > max_bytes:
        raise ValueError(f"{file.name} has {file.stat().st_size} bytes; at most {max_bytes}")


def check_parity(network: Network, file: Path, images: torch.Tensor) -> float:
    """The largest difference of logits, torch against ONNX Runtime. Raises ValueError above the tolerance."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    logits, features = session.run(None, {"image": images.numpy()})
    with torch.no_grad():
        expected, expected_features = network(images)
    gap = float(np.abs(logits - expected.numpy()).max())
    feature_gap = float(np.abs(features - expected_features.numpy()).max())
    if max(gap, feature_gap) > TOLERANCE * 10 or gap > TOLERANCE:
        raise ValueError(f"ONNX differs from torch by {gap} in logits, {feature_gap} in features")
    return gap


@torch.no_grad()
def closed_form_cam(network: Network, features: torch.Tensor, genre: int) -> torch.Tensor:
    """[H, W], 0 … 1: ReLU of the head's weights times the features, scaled by the peak."""
    return _scaled(torch.einsum("k,khw->hw", network.fc.weight[genre], features).clamp(min=0))


def autograd_cam(network: Network, image: torch.Tensor, genre: int) -> torch.Tensor:
    """[H, W], 0 … 1: Grad-CAM (Selvaraju et al. 2017) by a backward pass, the reference for the closed form."""
    with torch.enable_grad():
        logits, features = network(image[None].clone().requires_grad_())
        features.retain_grad()
        logits[0, genre].backward()
    weights = features.grad.mean((2, 3), keepdim=True)
    network.zero_grad(set_to_none=True)
    return _scaled((weights * features).sum(1).clamp(min=0)[0].detach())


def _scaled(cam: torch.Tensor) -> torch.Tensor:
    return cam / cam.max() if cam.max() > 0 else cam


def check_cam(network: Network, images: torch.Tensor) -> float:
    """The largest difference of scaled maps over all images and genres. Raises ValueError above the tolerance."""
    with torch.no_grad():
        features = network(images)[1]
    gap = max(
        (closed_form_cam(network, features[i], genre) - autograd_cam(network, images[i], genre)).abs().max().item()
        for i in range(len(images))
        for genre in range(len(GENRES))
    )
    if gap > TOLERANCE:
        raise ValueError(f"closed-form Grad-CAM differs from autograd by {gap}")
    return gap


def description(network: Network, file: Path, size: int, temperature: float, metrics: dict, training: dict) -> dict:
    """genre.json."""
    with torch.no_grad():
        channels, height, width = network(torch.zeros(1, 3, size, size))[1].shape[1:]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "labels": list(GENRES),
        "version": f"{date.today().isoformat()}-{digest[:8]}",
        "backbone": training["backbone"],
        "sha256": digest,
        "input": {"size": size, "mean": network.normalisation.mean, "std": network.normalisation.std},
        "features": {"channels": channels, "width": width, "height": height},
        "head": {"weight": _floats(network.fc.weight), "bias": _floats(network.fc.bias)},
        "temperature": temperature,
        "metrics": metrics,
        "training": training,
    }


def _floats(values: torch.Tensor) -> list:
    return json.loads(json.dumps(np.vectorize(lambda v: float(f"{v:.9g}"))(values.detach().double().numpy()).tolist()))


@torch.no_grad()
def val_logits(network: Network, examples: list, size: int) -> torch.Tensor:
    parts = []
    for start in range(0, len(examples), 32):
        pixels = np.stack([load(example.path, size) for example in examples[start : start + 32]])
        parts.append(network(network.normalise(torch.from_numpy(pixels).permute(0, 3, 1, 2)))[0])
    return torch.cat(parts)


def golden(network: Network, photo: Path, size: int) -> dict:
    """What the TypeScript path is compared with: the input's statistics, the logits, the top genre's map."""
    image = network.normalise(torch.from_numpy(load(photo, size)).permute(2, 0, 1)[None])
    with torch.no_grad():
        logits, features = network(image)
    genre = int(logits.argmax())
    return {
        "photo": photo.name,
        "input": {"mean": image.mean((0, 2, 3)).tolist(), "std": image.std((0, 2, 3)).tolist()},
        "logits": logits[0].tolist(),
        "cam": {"genre": GENRES[genre], "values": closed_form_cam(network, features[0], genre).flatten().tolist()},
    }


def evaluate(network: Network, data: Path, size: int, seed: int, charts_dir: Path | None) -> tuple[dict, float]:
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
    parser.add_argument("--models", type=Path, required=True, help="where genre.onnx and genre.json go")
    parser.add_argument("--photos", type=Path, help="photos to make goldens of")
    parser.add_argument("--goldens", type=Path)
    parser.add_argument("--max-bytes", type=int, default=MAX_BYTES, help="the largest genre.onnx that is accepted")
    parser.add_argument("--size", type=int, help="input side, where it is not the training's")
    parser.add_argument("--mirror", action="store_true", help="average with the mirror image, at twice the time")
    args = parser.parse_args(argv)
    network, run = load_trained(args.work, args.size)
    size = args.size or run["arguments"]["size"]
    if args.mirror:
        network = Mirrored(network).eval()
    args.models.mkdir(parents=True, exist_ok=True)
    metrics, temperature = evaluate(network, args.data, size, run["arguments"]["seed"], args.models)
    file = args.models / "genre.onnx"
    export_onnx(network, size, file, args.max_bytes)
    samples = torch.cat([torch.rand(2, 3, size, size) * 2 - 1, torch.zeros(1, 3, size, size)])
    gaps = {"onnxParity": check_parity(network, file, samples), "camParity": check_cam(network, samples)}
    if args.photos and args.goldens:
        args.goldens.mkdir(parents=True, exist_ok=True)
        for photo in sorted(args.photos.glob("*.jpg")):
            (args.goldens / f"{photo.stem}.json").write_text(json.dumps(golden(network, photo, size), indent=1) + "\n")
    training = {**run["arguments"], "mirror": args.mirror, "trainPictures": run["train"], "epochsRun": len(run["history"]) - 1}
    model = description(network, file, size, temperature, {**metrics, **gaps}, training)
    (args.models / "genre.json").write_text(json.dumps(model) + "\n")
    print(json.dumps({"bytes": file.stat().st_size, "temperature": temperature, **gaps, **metrics}, indent=2))


if __name__ == "__main__":
    main()
