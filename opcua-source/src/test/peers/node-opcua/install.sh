#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Installs the OPC UA servers of the tests (npm's node-opcua-server in two versions) outside of the source tree, where
# io.connectot.core.testing.Peers looks for them. Needs node and npm. Does nothing if they are already installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kafka-connect-ot/node-opcua"
for version in current older; do
  target="$cache/$version"
  if cmp -s "$version/package-lock.json" "$target/package-lock.json" &&
    (cd "$target" && node -e 'require("node-opcua-server")' >/dev/null 2>&1); then
    continue
  fi
  rm -rf "$target"
  mkdir -p "$target"
  cp "$version/package.json" "$version/package-lock.json" "$target"
  if ! (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund) >"$target/install.log" 2>&1; then
    cat "$target/install.log" >&2
    rm -f "$target/package-lock.json"
    exit 1
  fi
done
