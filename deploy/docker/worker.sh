#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Starts a distributed worker whose properties are the variables CONNECT_…: CONNECT_BOOTSTRAP_SERVERS is
# bootstrap.servers, two underscores are one underscore. Below are those that are set here unless a variable sets them.
set -euo pipefail

if [ -z "${CONNECT_BOOTSTRAP_SERVERS:-}" ]; then
  echo "Set CONNECT_BOOTSTRAP_SERVERS to the addresses of Kafka, such as kafka:9092." >&2
  exit 2
fi

declare -A properties=(
  [group.id]=connect-ot
  [config.storage.topic]=connect-ot-configs
  [offset.storage.topic]=connect-ot-offsets
  [status.storage.topic]=connect-ot-status
  [listeners]=http://:8083
  [rest.advertised.host.name]=$(hostname)
  [plugin.path]=/opt/connect-ot/plugins
  [plugin.discovery]=service_load
  [key.converter]=org.apache.kafka.connect.storage.StringConverter
  [value.converter]=org.apache.kafka.connect.json.JsonConverter
  [value.converter.schemas.enable]=false
  # A task that stops waits up to this time for what Kafka has not confirmed.
  [task.shutdown.graceful.timeout.ms]=10000
  # Secrets: ${env:NAME}, ${directory:/run/secrets:name}, ${file:/run/secrets/mqtt.properties:password}
  [config.providers]=env,directory,file
  [config.providers.env.class]=org.apache.kafka.common.config.provider.EnvVarConfigProvider
  [config.providers.directory.class]=org.apache.kafka.common.config.provider.DirectoryConfigProvider
  [config.providers.file.class]=org.apache.kafka.common.config.provider.FileConfigProvider
)

while IFS= read -r -d '' variable; do
  name=${variable%%=*}
  case $name in
    CONNECT_?*)
      key=${name#CONNECT_}
      key=${key//__/$'\x1f'}
      key=${key//_/.}
      key=${key//$'\x1f'/_}
      properties[${key,,}]=${variable#*=}
      ;;
  esac
done < <(env -0)

file=/tmp/worker.properties
umask 077
for key in "${!properties[@]}"; do
  value=${properties[$key]}
  value=${value//\\/\\\\}
  printf '%s=%s\n' "$key" "${value//$'\n'/\\n}"
done | LC_ALL=C sort >"$file"

# The OPC UA connectors keep their certificates at home, unless opcua.pki.dir says otherwise.
export KAFKA_OPTS="-Duser.home=/var/lib/connect-ot ${KAFKA_OPTS:-}"
exec /opt/kafka/bin/connect-distributed.sh "$file"
