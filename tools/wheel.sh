#!/bin/sh
# The wheel, built apart from this environment: what it needs to be built is in [build-system].
set -eu
rm -rf dist
.venv/bin/uv build -q --wheel
ls -l dist/*.whl
