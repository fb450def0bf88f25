"""A trained network → genre.onnx and genre.json, checked, with goldens for the TypeScript tests.

    python export.py --work DIR --data DIR --models DIR [--photos DIR --goldens DIR [--inputs DIR]]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image
from torch import nn

from dataset import GENRES, load
from evaluate import evaluate, load_trained
from grad_cam import check_cam, closed_form_cam

MAX_BYTES = 20_000_000
TOLERANCE = 1e-4
def export_onnx(network: nn.Module, size: int, file: Path, max_bytes: int = MAX_BYTES) -> None:
    """Inputs: image [N, 3, size, size], normalised; outputs: logits [N, 5], features [N, K, H, W]."""
    torch.onnx.export(
        network.to(memory_format=torch.contiguous_format), (torch.zeros(2, 3, size, size),), str(file),
        dynamo=True, external_data=False, opset_version=18, verbose=False,
        input_names=["image"], output_names=["logits", "features"],
        dynamic_shapes={"image": {0: torch.export.Dim("batch", min=1, max=64)}},
    )
    _forget_origin(file)
    if file.stat().st_size > max_bytes:
        raise ValueError(f"{file.name} has {file.stat().st_size} bytes; at most {max_bytes}")


def _forget_origin(file: Path) -> None:
    """Takes out the exporter's notes on each node: stack traces with the paths of the machine that it ran on."""
    model = onnx.load(file)
    for part in (model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, file)


def check_parity(network: nn.Module, file: Path, images: torch.Tensor) -> float:
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


def description(network: nn.Module, file: Path, size: int, temperature: float, metrics: dict, training: dict) -> dict:
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


def golden(network: nn.Module, photo: Path, size: int) -> dict:
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


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="what train.py wrote")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="where genre.onnx and genre.json go")
    parser.add_argument("--photos", type=Path, help="photos to make goldens of")
    parser.add_argument("--goldens", type=Path)
    parser.add_argument("--inputs", type=Path, help="where those photos go as the network gets them, to compare without another decoder")
    parser.add_argument("--max-bytes", type=int, default=MAX_BYTES, help="the largest genre.onnx that is accepted")
    parser.add_argument("--size", type=int, help="input side, where it is not the training's")
    parser.add_argument("--mirror", action="store_true", help="average with the mirror image, at twice the time")
    args = parser.parse_args(argv)
    network, size, run = load_trained(args.work, args.size, args.mirror)
    args.models.mkdir(parents=True, exist_ok=True)
    metrics, temperature = evaluate(network, args.data, size, run["arguments"]["seed"], args.models)
    shutil.copy(args.work / "loss.png", args.models)
    file = args.models / "genre.onnx"
    export_onnx(network, size, file, args.max_bytes)
    samples = torch.cat([torch.rand(2, 3, size, size) * 2 - 1, torch.zeros(1, 3, size, size)])
    gaps = {"onnxParity": check_parity(network, file, samples), "camParity": check_cam(network, samples, TOLERANCE)}
    if args.photos and args.goldens:
        args.goldens.mkdir(parents=True, exist_ok=True)
        for photo in sorted(args.photos.glob("*.jpg")):
            (args.goldens / f"{photo.stem}.json").write_text(json.dumps(golden(network, photo, size), indent=1) + "\n")
            if args.inputs:
                args.inputs.mkdir(parents=True, exist_ok=True)
                Image.fromarray(load(photo, size)).save(args.inputs / f"{photo.stem}.png")
    training = {**run["arguments"], "mirror": args.mirror, "trainPictures": run["train"], "epochsRun": sum(row["phase"] == 2 for row in run["history"])}
    model = description(network, file, size, temperature, {**metrics, **gaps}, training)
    (args.models / "genre.json").write_text(json.dumps(model) + "\n")
    print(json.dumps({"bytes": file.stat().st_size, "temperature": temperature, **gaps, **metrics}, indent=2))


if __name__ == "__main__":
    main()
