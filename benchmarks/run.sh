#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
set -euo pipefail

usage() {
  cat <<'TEXT'
Measures what Kafka Connect OT does on this machine, and prints tables. What is missing is built first.

  benchmarks/run.sh                        all of them, one after the other; about 40 minutes
  benchmarks/run.sh modbus [options]       values a second from 20 devices into Kafka, beside bare loops
  benchmarks/run.sh s7 [options]           the same through PLC4X from 4 S7 controllers, which are Snap7; skipped where
                                           that is not installed
  benchmarks/run.sh thousand [options]     1,000 devices once a second on one task: are scans missed?
  benchmarks/run.sh mqtt [options]         messages a second through Mosquitto into Kafka, beside bare programs;
                                           skipped where mosquitto is not installed
  benchmarks/run.sh opcua [options]        values a second of an OPC UA server into Kafka, beside a client that counts
  benchmarks/run.sh jmh [JMH's options]    single steps: mapping, report filter, decoding

Options of modbus, s7 and thousand, with their defaults:
  --only a,b        modbus, s7: some of bare_read, bare_lean_row, bare_row, row, bare_lean_measurement,
                    bare_measurement, measurement, value; thousand: some of row, measurement, value
  --seconds 15      how long each turn is measured; thousand: 60
  --warmup 15       how long each turn runs before that; thousand: 20
  --rounds 3        modbus, s7: how many turns each one has
  --devices 20      s7: 4; thousand: 1000
  --interval 1      poll.interval.ms; thousand: 1000
  --tasks 1         modbus, s7: tasks of the connector
  --heap 512m       the largest heap of what is measured
  --profile on      leaves a flight recording of what is measured

Options of mqtt, with their defaults:
  --only a,b        some of bare_v3, connector_v3, bare_v5, connector_v5
  --messages 200000 how many messages are counted, of 200 bytes over 100 topics
  --warmup 200000   how many go before them
  --rate 500        messages a second when latency is measured
  --latency 10      for how many seconds; the first fifth does not count
  --rounds 3        how many turns each one has
  --heap, --profile as above

Options of opcua, with their defaults:
  --only a,b        some of bare, measurement, value
  --variables 1000  how many variables the server has
  --rate 300000     how often they change in a second, all together: more than anybody takes
  --seconds, --warmup, --rounds, --heap, --profile as above

Needs a JDK 17 or newer. Logs and recordings are under benchmarks/target/run.
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
    # Maven leaves an archive alone whose content did not change.
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
    end_to_end PolledEndToEnd --fleet s7 --devices 4 "$@"
  else
    echo "benchmarks: no Snap7 here, so nothing through PLC4X; plc4x-source/src/test/peers/s7-server installs it" >&2
  fi
}

name="${1:-all}"
[ $# -gt 0 ] && shift
case "$name" in
  -h | --help) usage ;;
  modbus) build; end_to_end PolledEndToEnd --fleet modbus "$@" ;;
  s7) build; s7 "$@" ;;
  thousand) build; end_to_end ThousandDevices "$@" ;;
  mqtt) build; end_to_end MqttEndToEnd "$@" ;;
  opcua) build; end_to_end OpcUaEndToEnd "$@" ;;
  jmh) build; run org.openjdk.jmh.Main "$@" ;;
  all)
    build
    end_to_end PolledEndToEnd --fleet modbus
    echo
    s7
    echo
    end_to_end ThousandDevices
    echo
    end_to_end MqttEndToEnd
    echo
    end_to_end OpcUaEndToEnd
    echo
    run org.openjdk.jmh.Main
    ;;
  *) usage >&2; fail "there is no benchmark '$name'" ;;
esac
