#!/bin/sh
# Compiles requirements/ from pyproject.toml, with hashes and for every platform, in a throwaway venv.
# Versions stay as they are where pyproject.toml allows it; UPGRADE=1 takes the newest.
set -eu
cd "$(dirname "$0")/.."
sh tools/setup.sh run
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.venv/bin/python -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check uv

compile() {
    "$scratch/venv/bin/uv" pip compile pyproject.toml "$@" ${UPGRADE:+--upgrade} --universal \
        --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q >/dev/null
}

compile --extra build -o requirements/run.txt
compile --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
echo 'requirements/run.txt and requirements/dev.txt are compiled.'
