#!/bin/bash
# Runs a class of Kafka, with the variables that the script of this name in Kafka's archive takes.
: "${KAFKA_HEAP_OPTS:=-Xmx256M}"
: "${KAFKA_LOG4J_OPTS:=-Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.properties}"
# Options are several words.
# shellcheck disable=SC2086
exec java $KAFKA_HEAP_OPTS $KAFKA_LOG4J_OPTS $KAFKA_OPTS -cp '/opt/kafka/libs/*' "$@"
