#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Whether the worker has joined its group. Kafka 3.9 and newer answer this at /health.
set -euo pipefail
exec 3<>/dev/tcp/127.0.0.1/"${1:-8083}"
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
