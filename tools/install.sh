#!/bin/sh
# install.sh PYTHON VENV REQUIREMENTS: make the virtual environment if needed and install the pinned, hashed
# packages into it, then this checkout itself.
set -eu
python=$1 venv=$2 requirements=$3

fail() {
    printf 'entregent: %s\n' "$1" >&2
    exit 1
}

command -v "$python" >/dev/null || fail "Python is missing: install Python 3.11 or later, or set PYTHON=/path/to/python3."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old: Python 3.11 or later is needed (PYTHON=/path/to/python3)."

if [ ! -x "$venv/bin/python" ]; then
    echo "Making $venv"
    "$python" -m venv "$venv" || fail "the venv module is missing (Debian: apt-get install python3-venv)."
fi

echo "Installing $requirements"
with_pip() { "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$1"; }
with_uv() { VIRTUAL_ENV=$venv "$venv/bin/uv" pip install -q --require-hashes -r "$1"; }
# uv takes seconds; but it may not be had here, or not know an index that only pip's settings name.
{ [ -x "$venv/bin/uv" ] || with_pip tools/uv.txt; } && with_uv "$requirements" || with_pip "$requirements"

"$venv/bin/python" tools/link.py
