"""The Flask app's path, written plainly: decode → ResNet34 → autograd Grad-CAM → overlay → JPEG, on torch.

Reads lines `photo<TAB>heatmap<TAB>plain|lean` from stdin and answers each with the milliseconds it took. One forward and
one backward pass, two threads, the overlay at the size and JPEG quality that music-vibe-bot writes. `plain` is Grad-CAM as
it is usually written: hooks on the last convolutional layer of a loaded network, and `backward()`. `lean` stops the
backward pass at that layer, the least that autograd can do; no library does it, and it is here to be fair.
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


class GradCam:
    """The activations of the last convolutional layer and their gradient, by hooks."""

    def __init__(self, network: torch.nn.Module, lean: bool):
        self.network = network
        self.lean = lean
        network.layer4.register_forward_hook(self._keep)

    def _keep(self, _module: torch.nn.Module, _inputs: tuple, output: torch.Tensor) -> torch.Tensor:
        self.activations = output.detach().requires_grad_() if self.lean else output
        self.activations.retain_grad()
        return self.activations

    def __call__(self, tensor: torch.Tensor) -> torch.Tensor:
        """[1, 1, H, W], 0 … 1, of the top class."""
        self.network.zero_grad(set_to_none=True)
        with torch.set_grad_enabled(True):
            logits = self.network(tensor)
            logits[0, logits.argmax()].backward()
        weights = self.activations.grad.mean((2, 3), keepdim=True)
        cam = (weights * self.activations).sum(1, keepdim=True).clamp(min=0).detach()
        return cam / cam.max().clamp(min=1e-9)


def read(grad_cam: GradCam, photo: str, heatmap: str) -> None:
    image = Image.open(photo)
    image.draft("RGB", (1280, 1280))  # JPEG's own fast downscaling, as sharp has it
    image = image.convert("RGB")
    image.thumbnail((1280, 1280), Image.BILINEAR)
    small = np.asarray(image.resize((224, 224), Image.BILINEAR), dtype=np.float32) / 255
    tensor = torch.from_numpy(((small - MEAN) / STD).transpose(2, 0, 1).copy())[None]
    cam = torch.nn.functional.interpolate(grad_cam(tensor), size=image.size[::-1], mode="bilinear")
    heat = JET[(cam[0, 0].numpy() * 255).astype(np.uint8)]
    overlay = np.asarray(image, dtype=np.float32) * 0.6 + heat * 0.4
    Image.fromarray(overlay.astype(np.uint8)).save(heatmap, "JPEG", quality=82)


def loaded(lean: bool) -> GradCam:
    network = torchvision.models.resnet34()
    network.fc = torch.nn.Linear(network.fc.in_features, 5)
    # without gradients of weights, the frozen part of the lean one keeps nothing for a backward pass either
    return GradCam(network.eval().requires_grad_(not lean), lean)


def main() -> None:
    torch.set_num_threads(2)
    ways = {"plain": loaded(lean=False), "lean": loaded(lean=True)}
    print("ready", flush=True)
    for line in sys.stdin:
        photo, heatmap, way = line.rstrip("\n").split("\t")
        began = time.perf_counter()
        read(ways[way], photo, heatmap)
        print((time.perf_counter() - began) * 1000, flush=True)


if __name__ == "__main__":
    main()
