#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Installs the Sparkplug edge node of the tests (npm's sparkplug-client) outside of the source tree, where
# io.connectot.core.testing.Peers looks for it. Needs node and npm. Does nothing if it is already installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target="${XDG_CACHE_HOME:-$HOME/.cache}/kafka-connect-ot/sparkplug-client"
if cmp -s package-lock.json "$target/package-lock.json" &&
  (cd "$target" && node -e 'require("sparkplug-client")' >/dev/null 2>&1); then
  exit 0
fi
rm -rf "$target"
mkdir -p "$target"
cp package.json package-lock.json "$target"
if ! (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund) >"$target/install.log" 2>&1; then
  cat "$target/install.log" >&2
  rm -f "$target/package-lock.json"
  exit 1
fi
