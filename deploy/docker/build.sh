#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Builds the image of a worker with the pack of packaging/target, or with another archive:
#
#   deploy/docker/build.sh [name of the image] [archive] [further options of docker build]
#
# KAFKA_IMAGE names another base.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${1:-connect-ot-worker}
# shellcheck disable=SC2012
archive=${2:-$(ls -t "$folder"/../../packaging/target/connectot-kafka-connect-ot-*.zip 2>/dev/null | head -1)}
if [ ! -f "$archive" ]; then
  echo "There is no archive ${archive:-in packaging/target}: build it with ./mvnw -DskipTests package" >&2
  exit 1
fi
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp "$folder"/{Dockerfile,worker.sh,health.sh,log4j2.properties} "$context"
cp "$archive" "$context/pack.zip"
docker build -t "$image" ${KAFKA_IMAGE:+--build-arg "KAFKA_IMAGE=$KAFKA_IMAGE"} "${@:3}" "$context"
