#!/usr/bin/env bash
# Says how many container tests the last build ran, and fails unless there were some and none was skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

summary=integration-tests/containers/target/failsafe-reports/failsafe-summary.xml
number() { sed -n "s:.*<$1>\([0-9]*\)</$1>.*:\1:p" "$summary"; }

if [ ! -e "$summary" ]; then
  echo "The build has run no container tests: there is no $summary." >&2
  exit 1
fi
completed=$(number completed)
skipped=$(number skipped)
echo "Container tests: $completed run, $skipped skipped."
[ "$completed" -gt 0 ] && [ "$skipped" -eq 0 ]
