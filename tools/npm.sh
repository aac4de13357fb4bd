#!/bin/sh
# npm.sh VENV ARGUMENT…: npm, from the system, or from the Node wheel of PyPI where Node is missing or too old.
set -eu
venv=$1
shift
recent() { command -v node >/dev/null && command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }
if ! recent; then
    PATH="$(pwd)/$venv/bin:$PATH"
    export PATH
    if ! recent; then
        echo "Node is missing: installing it into $venv (200 MB, only for building)"
        VIRTUAL_ENV=$venv "$venv/bin/uv" pip install -q --require-hashes -r tools/node.txt ||
            "$venv/bin/python" -m pip install -q --require-hashes -r tools/node.txt
    fi
fi
echo "npm $*"
exec npm --silent "$@"
