#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Builds an image that has nothing but the connectors of an archive:
#
#   deploy/docker/build-artifact.sh <name of the image> [archive]
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${1:?the name of the image is missing}
# shellcheck disable=SC2012
archive=${2:-$(ls -t "$folder"/../../packaging/target/connectot-kafka-connect-ot-*.zip 2>/dev/null | head -1)}
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp "$folder/Dockerfile.artifact" "$context/Dockerfile"
mkdir "$context/plugins"
unzip -q "$archive" -d "$context/plugins"
docker build -t "$image" "$context"
