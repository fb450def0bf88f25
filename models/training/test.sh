#!/usr/bin/env bash
# A tiny training of both backbones, the export and the data loader's faults.
set -euo pipefail
cd "$(dirname "$0")"
python=$(./venv.sh)
exec "$python" -m pytest -q -p no:cacheprovider test_training.py
