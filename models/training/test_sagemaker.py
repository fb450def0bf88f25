"""The entry point as SageMaker runs it: its folders and variables, a machine that is taken away, and the weights."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision
from PIL import Image

import sagemaker_entry
from backbones import build
from dataset import load

HERE = Path(__file__).parent
HYPERPARAMETERS = {"backbone": "efficientnet-lite0", "weights": "random", "size": 64, "head-epochs": 1, "epochs": 2, "batch-size": 16,
                   "ema": 0.5, "export-size": 96}


class Machine:
    """/opt/ml in another place; checkpoints lie beside it, as they are what outlives it."""

    def __init__(self, root: Path, data: Path, checkpoints: Path):
        self.code, self.model = root / "opt/ml/code", root / "opt/ml/model"
        channel, output = root / "opt/ml/input/data/training", root / "opt/ml/output/data"
        shutil.copytree(data, channel)
        shutil.copytree(HERE, self.code, ignore=shutil.ignore_patterns("test_*", "conftest.py", "__pycache__"))
        shutil.copytree(HERE.parents[1] / "test/fixtures/photos", self.code / "photos")
        for folder in (self.model, output, checkpoints):
            folder.mkdir(parents=True, exist_ok=True)
        self.hyperparameters = {**HYPERPARAMETERS, "checkpoints": str(checkpoints)}
        self.environment = {
            **os.environ, "SM_CHANNEL_TRAINING": str(channel), "SM_MODEL_DIR": str(self.model), "SM_OUTPUT_DATA_DIR": str(output),
            "SM_NUM_GPUS": "0", "SM_NUM_CPUS": "1", "SM_HPS": json.dumps(self.hyperparameters),
        }

    def start(self, *args: str) -> subprocess.Popen:
        command = [sys.executable, "sagemaker_entry.py", *args]
        return subprocess.Popen(command, cwd=self.code, env=self.environment, stdout=subprocess.PIPE, text=True)


def as_arguments(hyperparameters: dict) -> list[str]:
    """As the toolkit passes them."""
    return [part for name, value in sorted(hyperparameters.items()) for part in (f"--{name}", str(value))]


def test_a_job_whose_machine_is_taken_away_goes_on_elsewhere(data: Path, tmp_path: Path) -> None:
    checkpoints = tmp_path / "checkpoints"
    first = Machine(tmp_path / "first", data, checkpoints)
    with first.start(*as_arguments(first.hyperparameters)) as job:
        printed = [next(line for line in job.stdout if "epoch 2 step 0" in line)]
        job.kill()
    assert [*first.model.iterdir()] == []
    (checkpoints / "best.pt").write_bytes(b"half of an")  # files come to S3 one by one

    second = Machine(tmp_path / "second", data, checkpoints)
    with second.start() as job:  # SM_HPS alone
        printed = job.stdout.read().splitlines()
    assert job.returncode == 0
    assert "resuming after epoch 1 of phase 2" in printed
    assert sorted(file.name for file in second.model.iterdir()) == [
        "confusion.png", "genre.json", "genre.onnx", "goldens", "inputs", "loss.png", "metrics.json"]
    model = json.loads((second.model / "genre.json").read_text())
    assert model["sha256"] == hashlib.sha256((second.model / "genre.onnx").read_bytes()).hexdigest()
    assert model["input"]["size"] == 96
    metrics = json.loads((second.model / "metrics.json").read_text())
    assert [(row["phase"], row["epoch"]) for row in metrics["history"]] == [(1, 1), (2, 1), (2, 2)]
    photos = {photo.stem for photo in (second.code / "photos").glob("*.jpg")}
    for folder in ("goldens", "inputs"):
        assert {each.stem for each in (second.model / folder).iterdir()} == photos != set()
    assert (np.array(Image.open(second.model / "inputs" / "cat.png")) == load(second.code / "photos" / "cat.jpg", 96)).all()
    for file in second.model.glob("*.json"):
        assert str(tmp_path) not in file.read_text()

    last = metrics["history"][-1]
    definitions = json.loads((HERE / "metric-definitions.json").read_text())
    caught = {each["Name"]: [found[1] for line in printed if (found := re.search(each["Regex"], line))] for each in definitions}
    assert caught == {name: [str(round(last[name], 4))] for name in ("epoch", "loss", "valLoss", "accuracy", "macroF1")}


def told(*args: str) -> list[str]:
    return sagemaker_entry.arguments(["--data", "d", "--models", "m", *args])[1]


def test_the_machine_says_how_fast_it_can_work_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SM_NUM_CPUS", "4")
    monkeypatch.setenv("SM_NUM_GPUS", "1")
    chosen = sagemaker_entry.train.arguments(told())
    assert (chosen.workers, chosen.precision, chosen.work) == (4, "bf16", Path("/opt/ml/checkpoints"))
    chosen = sagemaker_entry.train.arguments(told("--workers", "3", "--precision", "fp32"))
    assert (chosen.workers, chosen.precision) == (3, "fp32")
    monkeypatch.setenv("SM_NUM_GPUS", "0")
    assert sagemaker_entry.train.arguments(told()).precision == "fp32"


@pytest.mark.parametrize(("args", "weights", "max_bytes"), [
    (["--backbone", "resnet34"], "imagenet", 100_000_000),
    (["--backbone", "resnet34", "--weights", "random", "--max-bytes", "7"], "random", 7),
    (["--backbone", "efficientnet-lite2"], None, 20_000_000),
])
def test_resnet34_begins_with_torchvisions_weights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, args: list[str], weights: str | None, max_bytes: int
) -> None:
    calls: dict[str, list[str]] = {}
    monkeypatch.setattr(sagemaker_entry.train, "main", lambda argv: calls.update(train=argv))
    monkeypatch.setattr(sagemaker_entry.export, "main", lambda argv: calls.update(export=argv))
    (tmp_path / "metrics.json").write_text("{}")
    models = tmp_path / "models"
    models.mkdir()
    sagemaker_entry.main(["--data", "d", "--models", str(models), "--checkpoints", str(tmp_path), *args])
    assert sagemaker_entry.train.arguments(calls["train"]).weights == weights
    assert calls["export"][-2:] == ["--max-bytes", str(max_bytes)]


def test_imagenet_weights_are_those_that_torchvision_fetches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    torch.manual_seed(5)
    state = torchvision.models.resnet34().state_dict()
    url = torchvision.models.ResNet34_Weights.IMAGENET1K_V1.url
    fetched = tmp_path / "hub" / "checkpoints" / url.rsplit("/", 1)[1]  # there already: nothing is fetched
    fetched.parent.mkdir(parents=True)
    torch.save(state, fetched)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    network = build("resnet34", 64, "imagenet").state_dict()
    assert torch.equal(network["stem.0.weight"], state["conv1.weight"])
    assert torch.equal(network["stages.2.2.conv2.weight"], state["layer4.2.conv2.weight"])
