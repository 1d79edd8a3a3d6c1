#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
set -euo pipefail

usage() {
  cat <<'TEXT'
Measures the performance of Kafka Connect OT on this machine and prints tables. Builds the plugin first if necessary.

  benchmarks/run.sh                        all benchmarks, one after the other; about 40 minutes
  benchmarks/run.sh modbus [options]       values per second from 20 devices into Kafka, compared with bare loops
  benchmarks/run.sh s7 [options]           the same through PLC4X from 4 simulated S7 controllers (Snap7); skipped if
                                           Snap7 is not installed
  benchmarks/run.sh thousand [options]     1,000 devices once per second on one task: number of missed scans
  benchmarks/run.sh latency [options]      time from the reply of a Modbus device until a consumer has the value
  benchmarks/run.sh mqtt [options]         messages per second through Mosquitto into Kafka, compared with bare programs;
                                           skipped if mosquitto is not installed
  benchmarks/run.sh sparkplug [options]    metrics per second of Sparkplug B edge nodes through Mosquitto into Kafka, compared
                                           with a bare program; skipped if mosquitto is not installed
  benchmarks/run.sh sparkplug-nodes [options]  memory per metric of 1,000 edge nodes, and time until their births are in Kafka
  benchmarks/run.sh opcua [options]        values per second of an OPC UA server into Kafka, compared with a bare client
  benchmarks/run.sh opcua-items [options]  50,000 monitored items that change once per second on one task: memory, lost values
  benchmarks/run.sh commands [options]     time from a command in Kafka until a Modbus device has it, at 100 and 1,000 per
                                           second to 20 devices, compared with a bare consumer
  benchmarks/run.sh jmh [JMH's options]    microbenchmarks: mapping, report filter, decoding

Options of modbus, s7, thousand and latency, with their defaults:
  --only a,b        modbus, s7: contenders, of bare_read, bare_lean_row, bare_row, row, bare_lean_measurement,
                    bare_measurement, measurement, value; row, measurement and value also with _converters (the
                    plugin's converters instead of Kafka's) and _recommended (also the producer settings of
                    docs/performance.md), bare_row and bare_measurement also with _recommended;
                    thousand: of row, measurement, value
  --seconds 15      measured time of a turn; thousand: 60
  --warmup 15       warm-up time of a turn; thousand and latency: 20
  --rounds 3        modbus, s7: turns of each contender
  --devices 20      number of devices; s7: 4; thousand: 1000
  --interval 1      poll.interval.ms; thousand: 1000; latency: 200
  --tasks 1         modbus, s7: tasks of the connector
  --heap 512m       maximum heap of the contender
  --profile on      records a flight recording of the contender
  --former ZIP      modbus, s7: another build of the plugin, with which connectors have a turn, too
  --former-only a,b the connectors that have it; default: all
  --set a=b,c=d     more settings of the connector, e.g. record.headers=none

Options of mqtt, with their defaults:
  --only a,b        contenders, of bare_v3, connector_v3, bare_v5, connector_v5, bare_json, connector_json,
                    connector_json_converters, connector_json_recommended
  --messages 200000 measured messages, of 200 bytes on 100 topics
  --warmup 200000   warm-up messages
  --rate 500        messages per second of the latency measurement
  --latency 10      its duration in seconds; the first fifth is not counted
  --rounds 3        turns of each contender
  --heap, --profile, --former as above

Options of sparkplug, with their defaults:
  --only a,b        contenders, of bare, connector, connector_converters, bare_recommended, connector_recommended
  --messages 50000  measured messages, of 20 metrics each, from 10 edge nodes
  --warmup 50000    warm-up messages
  --rounds 3        turns of each contender
  --heap, --profile, --former as above
Options of sparkplug-nodes, with their defaults: --nodes 1000, --metrics 100 of each, --heap as above

Options of opcua, with their defaults:
  --only a,b        contenders, of bare, measurement, value; the last two also with _converters and _recommended
  --variables 1000  variables of the server
  --rate 300000     their changes per second in total: more than any contender can process
  --seconds, --warmup, --rounds, --heap, --profile, --former as above

Options of opcua-items, with their defaults:
  --variables 50000 variables of the server, each of which changes once per second
  --seconds 60, --warmup 60
  --heap, --profile as above

Options of commands, with their defaults:
  --only a,b        contenders, of bare, connector, connector_once (at-most-once)
  --rates 100,1000  commands per second
  --rounds 1        turns of each contender at each rate
  --devices 20, --seconds 30, --warmup 20
  --heap, --profile, --former as above

Needs a JDK 17 or newer. Logs and recordings are written to benchmarks/target/run.
TEXT
}

fail() {
  echo "benchmarks: $*" >&2
  exit 1
}

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"

newest() {
  # shellcheck disable=SC2012
  ls -t "$@" 2>/dev/null | head -n 1
}

plugin() { newest packaging/target/connectot-kafka-connect-ot-*.zip; }
jar() { newest benchmarks/target/connect-ot-benchmarks-*.jar; }

is_stale() {
  [ -z "$(plugin)" ] || [ -z "$(jar)" ] || [ ! -d benchmarks/target/lib ] ||
    [ -n "$(find pom.xml ./*/pom.xml ./*/src ./*/etc packaging -name target -prune -o \
      -type f -newer "$(jar)" -print 2>/dev/null | grep -v '^\./[^/]*/src/test/' | head -n 1)" ]
}

build() {
  if is_stale; then
    echo "Building the plugin and the benchmarks …" >&2
    ./mvnw -q -ntp -DskipTests -Dspotless.check.skip -pl packaging/all,benchmarks -am package ||
      fail "the build failed, see above"
    # Maven does not touch an archive whose content is unchanged.
    touch "$(plugin)" "$(jar)"
  fi
}

run() {
  "$java" -cp "$(jar):benchmarks/target/lib/*" "$@"
}

end_to_end() {
  local main="$1"
  shift
  run -Dlog4j2.configurationFile=benchmarks-log4j2.properties \
    "io.connectot.benchmarks.endtoend.$main" \
    --plugin "$(plugin)" --directory benchmarks/target/run "$@"
}

s7() {
  if NODE_PATH="${XDG_CACHE_HOME:-$HOME/.cache}/kafka-connect-ot/s7-server/node_modules" \
    node -e 'require("node-snap7")' 2>/dev/null; then
    end_to_end polled.PolledEndToEnd --fleet s7 --devices 4 "$@"
  else
    echo "benchmarks: s7 skipped: Snap7 is not installed; plc4x-source/src/test/peers/s7-server/install.sh installs it" >&2
  fi
}

name="${1:-all}"
[ $# -gt 0 ] && shift
case "$name" in
  -h | --help) usage ;;
  modbus) build; end_to_end polled.PolledEndToEnd --fleet modbus "$@" ;;
  s7) build; s7 "$@" ;;
  thousand) build; end_to_end polled.ThousandDevices "$@" ;;
  latency) build; end_to_end polled.PolledLatency "$@" ;;
  mqtt) build; end_to_end mqtt.MqttEndToEnd "$@" ;;
  sparkplug) build; end_to_end sparkplug.SparkplugEndToEnd "$@" ;;
  sparkplug-nodes) build; end_to_end sparkplug.SparkplugThousandNodes "$@" ;;
  opcua) build; end_to_end opcua.OpcUaEndToEnd "$@" ;;
  opcua-items) build; end_to_end opcua.OpcUaItems "$@" ;;
  commands) build; end_to_end command.CommandsEndToEnd "$@" ;;
  jmh) build; run org.openjdk.jmh.Main "$@" ;;
  all)
    build
    end_to_end polled.PolledEndToEnd --fleet modbus
    echo
    s7
    echo
    end_to_end polled.ThousandDevices
    echo
    end_to_end polled.PolledLatency
    echo
    end_to_end mqtt.MqttEndToEnd
    echo
    end_to_end sparkplug.SparkplugEndToEnd
    echo
    end_to_end sparkplug.SparkplugThousandNodes
    echo
    end_to_end opcua.OpcUaEndToEnd
    echo
    end_to_end opcua.OpcUaItems
    echo
    end_to_end command.CommandsEndToEnd
    echo
    run org.openjdk.jmh.Main
    ;;
  *) usage >&2; fail "there is no benchmark '$name'" ;;
esac
