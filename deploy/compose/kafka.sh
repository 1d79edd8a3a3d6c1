#!/usr/bin/env bash
# Formats the storage at the first start, and runs Kafka.
set -euo pipefail
config=/etc/connect-ot/kafka.properties
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t AAAAAAAAQACAAAAAAAAAAQ -c "$config"
exec /opt/kafka/bin/kafka-server-start.sh "$config"
