#!/usr/bin/env bash
# A tiny training of both backbones, the export, the data loader's faults, and the same as SageMaker runs it.
set -euo pipefail
cd "$(dirname "$0")"
python=$(./venv.sh)
# so small a network keeps threads waiting for each other, above all on a busy machine
export OMP_NUM_THREADS=1
exec "$python" -m pytest -q -p no:cacheprovider test_training.py test_sagemaker.py
