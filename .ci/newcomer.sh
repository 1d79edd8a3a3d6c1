#!/usr/bin/env bash
# Runs the commands on its standard input, one a line, as somebody does who has just cloned this repository: in a minimal
# Debian that has a JDK and nothing else, as a user who is not root. Leaves the reports of tests in target/newcomer.
# Needs root and a Docker engine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
.ci/images/build.sh newcomer

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir "$home/connect-ot" "$home/.m2"
git ls-files -z --cached --others --exclude-standard |
  while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
  tar -c --null --files-from=- | tar -x -C "$home/connect-ot"
# What Maven has downloaded already, and how it gets the rest. Maven itself comes by way of the wrapper.
for file in ~/.m2/repository ~/.m2/settings*.xml; do
  [ ! -e "$file" ] || cp -a "$file" "$home/.m2"
done
chown -R 1000:1000 "$home"

options=(--rm --init --network host --user 1000:1000 --workdir /home/newcomer/connect-ot --volume "$home:/home/newcomer")
# Whom this machine trusts, and by which way it reaches others.
options+=(--volume /etc/ssl/certs:/etc/ssl/certs:ro)
for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY MAVEN_ARGS MAVEN_OPTS MVNW_REPOURL; do
  [ -z "${!variable:-}" ] || options+=(--env "$variable")
done

keep_reports() {
  rm -rf target/newcomer
  mkdir -p target/newcomer
  (cd "$home/connect-ot" && find . -path '*/target/*-reports/*' -type f -print0 | tar -c --null --files-from=-) |
    tar -x --no-same-owner -C target/newcomer
}

while IFS= read -r line; do
  echo "A newcomer runs $line"
  start=$SECONDS
  status=0
  docker run "${options[@]}" connect-ot-ci/newcomer bash -c "$line" </dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    keep_reports
    echo "A newcomer's $line fails with exit code $status." >&2
    exit 1
  fi
  echo "A newcomer's $line took $(((SECONDS - start) / 60)) min $(((SECONDS - start) % 60)) s."
done
keep_reports
# Nobody has to download twice.
mkdir -p ~/.m2/repository
cp -rn "$home/.m2/repository/." ~/.m2/repository
