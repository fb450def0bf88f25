#!/usr/bin/env bash
# Prints the training environment's Python, making the environment where it is missing.
# It is gigabytes (torch brings CUDA), so it lies outside the checkout, one for each requirements.txt.
set -euo pipefail
cd "$(dirname "$0")"
hash=$(python3 -c 'import hashlib; print(hashlib.sha256(open("requirements.txt", "rb").read()).hexdigest()[:16])')
venv="${XDG_CACHE_HOME:-$HOME/.cache}/music-vibe/$hash"
if [ ! -e "$venv/ready" ]; then
  echo "making the training environment in $venv …" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement requirements.txt >&2
  touch "$venv/ready"
fi
echo "$venv/bin/python"
