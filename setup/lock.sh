#!/usr/bin/env bash
# Renews requirements/lock.txt from pyproject.toml: every dependency of every platform with its digests.
# The tool that resolves lives in a folder of its own for the time of the run; the package index is
# whichever the machine is set up for and is not written down.
set -euo pipefail
cd "$(dirname "$0")/.."
workshop=$(mktemp -d)
trap 'rm -rf "$workshop"' EXIT
"${PYTHON:-python3}" -m venv "$workshop"
"$workshop/bin/python" -m pip install --quiet --disable-pip-version-check uv
UV_CUSTOM_COMPILE_COMMAND="make lock" "$workshop/bin/uv" pip compile --quiet --universal \
  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  ${UPGRADE:+--upgrade} --extra dev pyproject.toml --output-file requirements/lock.txt
