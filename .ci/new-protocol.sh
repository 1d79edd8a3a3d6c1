#!/usr/bin/env bash
# Creates a protocol with tools/NewProtocol.java in a copy of this work tree, and builds it as docs/new-protocol.md says:
# formatted, with the contract tests and the tests of its archive. Needs no network once the project was built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
  tar -c --null --files-from=- | tar -x -C "$work"
cd "$work"

start=$SECONDS
java tools/NewProtocol.java gauge
build() {
  ./mvnw -q -ntp -o "$@" >build.log 2>&1 || { tail -50 build.log; exit 1; }
}
build spotless:apply -pl gauge-source
# The modules that it builds on have passed their own tests.
build -Dfast verify -pl gauge-source,packaging/gauge -am \
  -Dtest='Gauge*Test,io/connectot/gauge/*Test' -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test='ArchiveIT,SbomIT' -Dfailsafe.failIfNoSpecifiedTests=false

reports=(gauge-source/target/surefire-reports/TEST-*ContractTest.xml)
[ ${#reports[@]} -eq 3 ] || { echo "Not all contract tests ran: ${reports[*]}" >&2; exit 1; }
[ -f gauge-source/target/surefire-reports/TEST-io.connectot.gauge.GaugeDiscoveryTest.xml ] ||
  { echo "The test of the discovery did not run." >&2; exit 1; }
services=$(unzip -p gauge-source/target/connect-ot-gauge-source-*-SNAPSHOT.jar \
  META-INF/services/io.connectot.core.spi.discovery.Discovery)
[ "$services" = io.connectot.gauge.GaugeDiscovery ] || { echo "The jar offers no discovery: $services" >&2; exit 1; }
ls -l packaging/target/connectot-kafka-connect-gauge-*.zip
echo "A new protocol took $((SECONDS - start)) s."
