#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Installs the S7 server of the tests (npm's node-snap7, compiled from source) outside of the source tree, where
# io.connectot.core.testing.Peers looks for it. Needs node, npm, make and a C++ compiler. Does nothing if it is
# already installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target="${XDG_CACHE_HOME:-$HOME/.cache}/kafka-connect-ot/s7-server"
if cmp -s package-lock.json "$target/package-lock.json" &&
  (cd "$target" && node -e 'require("node-snap7")' 2>/dev/null); then
  exit 0
fi
rm -rf "$target"
mkdir -p "$target"
cp package.json "$target"
cd "$target"
cp "$OLDPWD/package-lock.json" .

# Uses the headers of the node installation if available; otherwise node-gyp downloads them.
prefix="$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")"
if [ -f "$prefix/include/node/node.h" ]; then
  export npm_config_nodedir="$prefix"
fi
if ! { npm ci --ignore-scripts --no-audit --no-fund && npm run build; } >install.log 2>&1; then
  cat install.log >&2
  rm -f package-lock.json
  exit 1
fi
