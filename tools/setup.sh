#!/bin/sh
# Brings .venv up to date:  sh tools/setup.sh run|dev
#
# What was installed is remembered in .venv/.prep as a copy of what asked for it, so that a second run
# compares two files and is done. A moved folder is set up anew: scripts in a venv hold absolute paths.
set -eu
cd "$(dirname "$0")/.."
what=$1
here=$(pwd -P)
stamps=.venv/.prep

say() { printf '%s\n' "$*" >&2; }
asked_for() { printf '%s\n' "$here"; cat "requirements/$1.txt" pyproject.toml; }
installed() { [ -x .venv/bin/prepbot ] && [ -f "$stamps/$1" ] && asked_for "$1" | cmp -s - "$stamps/$1"; }
fit() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
version_of() { "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null; }

refuse_python() {
    say 'Prep needs Python 3.11 or newer, and found none.'
    for name in ${PYTHON:-python3 python}; do
        if found=$(version_of "$name"); then say "  $name is Python $found"; else say "  $name: does not run"; fi
    done
    say 'Install one (python.org, your package manager), or name one: make chat PYTHON=/path/to/python3.12'
    exit 1
}

find_python() {
    for name in ${PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
        if fit "$name"; then printf '%s\n' "$name"; return; fi
    done
    refuse_python
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        say "$python cannot make virtual environments: its venv module is missing."
        say 'On Debian and Ubuntu: apt-get install python3-venv'
        exit 1
    fi
    "$python" -m venv --clear --prompt prep .venv
}

venv_usable() {
    fit .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 || return 1
    [ ! -f "$stamps/where" ] || [ "$(cat "$stamps/where")" = "$here" ]
}

pip_install() { .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --no-deps "$@"; }

install() {
    # The lock files are complete, so nothing is left to resolve; `pip check` in "make check" watches over that.
    pip_install --require-hashes -r "requirements/$what.txt" && pip_install --no-build-isolation -e . && return
    say 'Set-up stopped: the packages named above could not be installed. Is the package index reachable?'
    say 'Nothing is lost: the same command goes on from here.'
    exit 1
}

# dev holds all that run holds
if installed dev || { [ "$what" = run ] && installed run; }; then exit 0; fi

venv_usable || make_venv
say "Setting up Prep in .venv with Python $(version_of .venv/bin/python). This happens once and takes a minute."
mkdir -p "$stamps"
rm -f "$stamps/run" "$stamps/dev"
printf '%s\n' "$here" >"$stamps/where"
install
asked_for "$what" >"$stamps/$what"
