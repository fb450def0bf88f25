"""What SageMaker runs: the training, gone on with where Spot took the machine away, and the export.

    python sagemaker_entry.py [--backbone resnet34] [--epochs 15] … [--export-size 320]

Takes train.py's arguments, as SageMaker's training toolkit passes hyperparameters, and those below. The data comes from
SM_CHANNEL_TRAINING, the model goes to SM_MODEL_DIR, and the checkpoints' folder is the one that SageMaker keeps in S3.
https://github.com/aws/sagemaker-training-toolkit/blob/master/ENVIRONMENT_VARIABLES.md
https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

import export
import train

CHECKPOINTS = "/opt/ml/checkpoints"
# resnet34.onnx has 85 MB.
MAX_BYTES = {"resnet34": 100_000_000}


def hyperparameters() -> list[str]:
    """The command line's; where there is none, as arguments, those of SM_HPS."""
    named = sorted(json.loads(os.environ.get("SM_HPS", "{}")).items())
    return sys.argv[1:] or [part for name, value in named for part in (f"--{name}", str(value))]


def arguments(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """(the arguments of this file, those of train.py)."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("SM_CHANNEL_TRAINING"), help="labels.tsv and images/")
    parser.add_argument("--models", type=Path, default=os.environ.get("SM_MODEL_DIR"), help="where the results go")
    parser.add_argument("--checkpoints", type=Path, default=CHECKPOINTS)
    parser.add_argument("--photos", type=Path, default=Path(__file__).parent / "photos", help="photos to make goldens of")
    parser.add_argument("--export-size", type=int, help="input side of the exported network, where it is not the training's")
    parser.add_argument("--max-bytes", type=int, help="the largest genre.onnx that is accepted")
    own, rest = parser.parse_known_args(argv)
    if own.data is None or own.models is None:
        parser.error("--data and --models are needed outside of SageMaker")
    return own, ["--data", str(own.data), "--work", str(own.checkpoints), *of_the_machine(), *rest]


def of_the_machine() -> list[str]:
    """What suits it; arguments that follow take precedence."""
    precision = ["--precision", "bf16"] if int(os.environ.get("SM_NUM_GPUS", 0)) > 0 else []
    return ["--workers", os.environ.get("SM_NUM_CPUS", "2"), *precision]


def main(argv: list[str]) -> None:
    own, of_training = arguments(argv)
    chosen = train.arguments(of_training)
    if chosen.backbone == "resnet34" and chosen.weights is None:
        of_training += ["--weights", "imagenet"]
    train.main(of_training)
    max_bytes = own.max_bytes or MAX_BYTES.get(chosen.backbone, export.MAX_BYTES)
    size = ["--size", str(own.export_size)] if own.export_size else []
    export.main(["--work", str(own.checkpoints), "--data", str(own.data), "--models", str(own.models), *size,
                 "--photos", str(own.photos), "--goldens", str(own.models / "goldens"), "--inputs", str(own.models / "inputs"),
                 "--max-bytes", str(max_bytes)])
    shutil.copy(own.checkpoints / "metrics.json", own.models)


if __name__ == "__main__":
    main(hyperparameters())
