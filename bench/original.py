"""The Flask app's path, written plainly: decode → ResNet34 → autograd Grad-CAM → overlay → JPEG, on torch.

Reads lines `photo<TAB>heatmap` from stdin and answers each with the milliseconds it took. Nothing wasteful is added: one
forward and one backward pass, two threads, the overlay at the size and JPEG quality that music-vibe-bot writes.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import torch
import torchvision
from matplotlib import colormaps
from PIL import Image

MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
STD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
JET = (colormaps["jet"](np.arange(256))[:, :3] * 255).astype(np.float32)


def read(network: torch.nn.Module, photo: str, heatmap: str) -> None:
    image = Image.open(photo)
    image.draft("RGB", (1280, 1280))  # JPEG's own fast downscaling, as sharp has it
    image = image.convert("RGB")
    image.thumbnail((1280, 1280), Image.BILINEAR)
    small = np.asarray(image.resize((224, 224), Image.BILINEAR), dtype=np.float32) / 255
    tensor = torch.from_numpy(((small - MEAN) / STD).transpose(2, 0, 1).copy())[None]

    features = tensor
    for name, layer in network.named_children():
        if name == "avgpool":
            break
        features = layer(features)
    features = features.detach().requires_grad_()  # Grad-CAM needs no gradient before them
    logits = network.fc(features.mean((2, 3)))
    logits[0, logits.argmax()].backward()
    weights = features.grad.mean((2, 3), keepdim=True)
    cam = (weights * features).sum(1, keepdim=True).clamp(min=0)
    cam = torch.nn.functional.interpolate(cam / cam.max().clamp(min=1e-9), size=image.size[::-1], mode="bilinear")

    heat = JET[(cam[0, 0].detach().numpy() * 255).astype(np.uint8)]
    overlay = np.asarray(image, dtype=np.float32) * 0.6 + heat * 0.4
    Image.fromarray(overlay.astype(np.uint8)).save(heatmap, "JPEG", quality=82)


def main() -> None:
    torch.set_num_threads(2)
    network = torchvision.models.resnet34()
    network.fc = torch.nn.Linear(network.fc.in_features, 5)
    network.eval().requires_grad_(False)  # no gradient of any weight is needed
    print("ready", flush=True)
    for line in sys.stdin:
        photo, heatmap = line.rstrip("\n").split("\t")
        began = time.perf_counter()
        read(network, photo, heatmap)
        print((time.perf_counter() - began) * 1000, flush=True)


if __name__ == "__main__":
    main()
