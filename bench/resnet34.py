"""A ResNet34 export with random weights, made by the training code: same speed as a trained one. Usage: resnet34.py FOLDER"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "models" / "training"))

from backbones import build
from export import description, export_onnx
from folded_conv import make_plain

folder = Path(sys.argv[1])
network = build("resnet34", 224, "random").eval()
make_plain(network)
export_onnx(network, 224, folder / "genre.onnx", max_bytes=100_000_000)
model = description(network, folder / "genre.onnx", 224, 1.0, {}, {"backbone": "resnet34"})
(folder / "genre.json").write_text(json.dumps(model))
