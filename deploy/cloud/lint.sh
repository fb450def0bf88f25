#!/usr/bin/env bash
# Lints the templates with cfn-lint: those of this checkout's context, and those of a context with everything in it.
# cfn-lint lies outside the checkout, one for each version.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=1.58.0
venv="${XDG_CACHE_HOME:-$HOME/.cache}/music-vibe/cfn-lint-$version"
if [ ! -e "$venv/ready" ]; then
  echo "installing cfn-lint in $venv …" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "cfn-lint==$version" >&2
  touch "$venv/ready"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
synth() { node --import ./src/prelude.js deploy/cloud/synth.ts "$@" >/dev/null; }
synth --out "$work/own"
synth --out "$work/full" --context deploy/cloud/context.example.json
"$venv/bin/cfn-lint" --config-file deploy/cloud/cfn-lint.yaml --regions eu-central-1 -t "$work"/*/*.template.json
echo 'cfn-lint: nothing found'
