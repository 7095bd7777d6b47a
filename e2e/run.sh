#!/bin/sh
# Installs what is missing, then plays the story in a real client of Teams:  sh e2e/run.sh
#
# Needs Node.js 20 or newer with npm, and Chromium (CHROMIUM names another one). What npm installs goes to
# e2e/node_modules, pictures and logs of the last run to e2e/out.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$1"; shift; for line; do say "  $line"; done; exit 1; }

need_node() {
    if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
        refuse 'Node.js with npm is missing; the client and what drives the browser run on it.' \
            'Install version 20 or newer (nodejs.org, your package manager), then run the same command again.'
    fi
    node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
        refuse "Node.js is $(node --version) here; version 20 or newer is needed."
}

find_chromium() {
    for name in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        if command -v "$name"; then return; fi
    done
    return 1
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_chromium() {
    say 'Chromium is missing; installing it with apt-get.'
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core; } >&2
}

need_chromium() {
    if find_chromium >/dev/null; then return; fi
    [ -z "${CHROMIUM:-}" ] || refuse "CHROMIUM names $CHROMIUM, which is not there."
    if may_install && install_chromium && find_chromium >/dev/null; then return; fi
    refuse 'Chromium is missing; the client is shown in it.' \
        'On Debian and Ubuntu: apt-get install chromium; elsewhere, CHROMIUM=/path/to/it names one.'
}

install_packages() {
    if [ -d node_modules ] && cmp -s package-lock.json node_modules/.prep; then return; fi
    npm ci --no-progress --loglevel=error >&2 ||
        refuse 'The packages named above could not be installed. Is the package registry reachable?'
    cp package-lock.json node_modules/.prep
}

need_node
need_chromium
install_packages
CHROMIUM=$(find_chromium)
export CHROMIUM
node --test --test-reporter=spec ./teams.test.mjs
say 'Pictures and logs: e2e/out'
