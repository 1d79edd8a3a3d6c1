#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
set -euo pipefail

usage() {
  cat <<'TEXT'
Starts Kafka, a Kafka Connect worker with the packaged plugin, and a simulated plant on this machine,
without Docker, and shows the values as they arrive in Kafka.

  ./quickstart.sh           show live values until Ctrl-C
  ./quickstart.sh --check   wait until every connector has delivered real values; exit 0, or 1 with a reason
  ./quickstart.sh --help    this text

Needs a JDK 17 or newer. What is missing or older than its sources is built first.
TEXT
}

fail() {
  echo "quickstart: $*" >&2
  exit 1
}

arguments=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --check) arguments+=("$argument") ;;
    *) usage >&2; fail "there is no option $argument" ;;
  esac
done

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$root"

# A JDK has its compiler as a module; on macOS /usr/bin/java exists without any JDK and only fails.
is_jdk() {
  local version
  version="$("$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1)"
  [ -n "$version" ] && [ "$version" -ge 17 ] && "$1" --list-modules 2>/dev/null | grep -q '^jdk.compiler'
}

if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME/bin/java"; then
  java="$JAVA_HOME/bin/java"
elif command -v java >/dev/null && is_jdk java; then
  java=java
  # Maven would take the unsuitable one.
  unset JAVA_HOME
else
  fail "needs a JDK 17 or newer, and neither JAVA_HOME (${JAVA_HOME:-not set}) nor the java on the PATH is one.
Install one, for example from https://adoptium.net, and point JAVA_HOME at it."
fi

newest() {
  # shellcheck disable=SC2012
  ls -t "$@" 2>/dev/null | head -n 1
}

plugin() { newest packaging/target/connectot-kafka-connect-ot-*.zip; }
jar() { newest quickstart/target/connect-ot-quickstart-*.jar; }

is_stale() {
  [ -z "$(plugin)" ] || [ -z "$(jar)" ] || [ ! -d quickstart/target/lib ] ||
    [ -n "$(find pom.xml ./*/pom.xml ./*/src/main ./*/etc packaging -name target -prune -o \
      -type f -newer "$(plugin)" -print 2>/dev/null | grep -v '^\./\(integration-tests\|quickstart\|benchmarks\)/' | head -n 1)" ] ||
    [ -n "$(find quickstart/pom.xml quickstart/src/main -type f -newer "$(jar)" -print | head -n 1)" ]
}

log=quickstart/target/build.log

# Shows the modules as Maven comes to them.
progress() {
  local line
  while IFS= read -r line; do
    case "$line" in
      '[INFO] Building Kafka Connect OT'*'['*']') echo "  ${line#'[INFO] Building '}" ;;
    esac
  done
}

# Why Maven, or the wrapper that loads it, cannot get what is not on this machine yet; empty when that is not the reason.
no_network() {
  sed -n \
    -e 's/.*from\/to [^ ]* (\([^)]*\)): \([^>@]*[^>@ ]\).*/\1 (\2)/p' \
    -e 's/.*java\.net\.\([A-Za-z]*\)Exception: \(.*\)/\2 (\1)/p' \
    -e 's/.*Failed to fetch \(.*\)/\1/p' \
    -e 's/.*\(Cannot access .* in offline mode\).*/\1/p' "$log" | head -n 1
}

if is_stale; then
  echo "Building the plugin and the quickstart; the first time that takes about four minutes on two processors, and what"
  echo "has to be downloaded comes on top of it …"
  mkdir -p quickstart/target
  if ! ./mvnw -ntp -DskipTests -Dspotless.check.skip -pl packaging/all,quickstart -am package 2>&1 |
    tee "$log" | progress; then
    reason="$(no_network)"
    [ -z "$reason" ] ||
      fail "what is not on this machine yet comes from Maven Central, which cannot be reached: $reason. All of it is in $log."
    grep -e '^\[WARNING\]' -e '^\[ERROR\]' "$log" >&2 || tail -n 20 "$log" >&2
    fail "the build failed, all of it is in $log"
  fi
  # Maven leaves an archive alone whose content did not change.
  touch "$(plugin)" "$(jar)"
fi

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
  arguments+=(--ansi)
fi

mkdir -p quickstart/target/run
# All of it, Kafka and the plant too, in no more than a small worker has.
exec "$java" -Xmx256m -XX:+UseSerialGC \
  -cp "$(jar):quickstart/target/lib/*" \
  io.connectot.quickstart.Quickstart \
  --plugin "$(plugin)" --directory quickstart/target/run ${arguments[@]+"${arguments[@]}"}
