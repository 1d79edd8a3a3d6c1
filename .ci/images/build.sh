#!/usr/bin/env bash
# Builds images where no registry of images can be reached, all of them or those that are named: "newcomer" is a machine
# with a JDK and nothing else, the others are for the container tests. Debian comes from the package mirror that this
# machine uses, Kafka from the jars of Maven Central, Snap7 from npm. Leaves alone what is up to date.
# Needs root, a Docker engine, Prometheus for "prometheus", and for "s7" what
# plc4x-source/src/test/peers/s7-server/install.sh needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
images=$PWD
root=$(cd ../.. && pwd)

# Contexts are plain folders; the classic builder needs no plugin of the client.
export DOCKER_BUILDKIT=0
suite=bookworm
user=newcomer:x:1000:1000::/home/newcomer:/bin/bash
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

digest() { sha256sum | cut -d' ' -f1; }

# The digest of what an image was made from, kept in a label of it.
inputs_of() { docker image inspect -f '{{index .Config.Labels "io.connectot.inputs"}}' "$1" 2>/dev/null || true; }

# Makes connect-ot-ci/<name>, a minimal Debian with these packages.
debian() { # name packages
  local inputs mirror
  inputs=$(echo "$suite $2 $user" | digest)
  [ "$(inputs_of "connect-ot-ci/$1")" = "$inputs" ] && return
  echo "Building connect-ot-ci/$1 ..."
  if ! command -v debootstrap >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends debootstrap >"$work/apt.log" 2>&1 ||
      { cat "$work/apt.log" >&2; exit 1; }
  fi
  mirror=$(apt-get indextargets "Codename: $suite" 'Created-By: Packages' 'Component: main' --format '$(REPO_URI)' | head -1)
  [ -n "$mirror" ] || { echo "apt's sources have no mirror of Debian $suite." >&2; exit 1; }
  if ! debootstrap --variant=minbase --include="$2" "$suite" "$work/root" "$mirror" >"$work/root.log" 2>&1; then
    tail -20 "$work/root.log" >&2
    exit 1
  fi
  echo "$user" >>"$work/root/etc/passwd"
  rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/* "$work"/root/usr/share/{doc,man,locale}/*
  tar -C "$work/root" -c . | docker import -c "LABEL io.connectot.inputs=$inputs" \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' -c 'ENV LANG=C.UTF-8' \
    - "connect-ot-ci/$1" >/dev/null
  rm -rf --one-file-system "$work/root"
}

base() {
  debian base openjdk-17-jre-headless,ca-certificates,mosquitto,python3-pymodbus,python3-serial,python3-serial-asyncio,curl,unzip
}

newcomer() {
  debian newcomer openjdk-17-jdk-headless,ca-certificates
}

# Builds <name> from its folder and what <name>_context adds to it, if the names or contents of these have changed.
image() { # name
  local context=$work/$1 inputs
  mkdir "$context"
  cp -r "$images/$1/." "$context"
  if declare -F "$1_context" >/dev/null; then "$1_context" "$context"; fi
  inputs=$( (inputs_of connect-ot-ci/base; cd "$context"; find . -type f -print0 | sort -z | xargs -0 sha256sum) | digest)
  if [ "$(inputs_of "connect-ot-ci/$1")" != "$inputs" ]; then
    echo "Building connect-ot-ci/$1 ..."
    docker build -t "connect-ot-ci/$1" --label "io.connectot.inputs=$inputs" "$context" >"$work/build.log" 2>&1 ||
      { cat "$work/build.log" >&2; exit 1; }
  fi
  rm -rf "$context"
}

kafka_context() {
  (cd "$root" && "${MVN:-./mvnw}" -q -ntp -pl integration-tests/workers/kafka-4.3 package)
  mkdir "$1/libs"
  cp "$root"/integration-tests/workers/kafka-4.3/target/lib/*.jar "$1/libs"
}

prometheus_context() {
  cp "$(command -v prometheus)" "$1/prometheus"
}

# node itself and what it is linked with, so that the compiled Snap7 meets the node it was compiled for.
s7_context() {
  local node
  "$root/plc4x-source/src/test/peers/s7-server/install.sh"
  node=$(readlink -f "$(command -v node)")
  mkdir "$1/lib"
  cp "$node" "$1/node"
  ldd "$node" | awk '$2 == "=>" && $3 ~ /^\// && $1 !~ /^(libc|libm|libdl|libpthread|librt)\.so/ {print $3}' |
    xargs -r cp -L -t "$1/lib"
  cp -r "${XDG_CACHE_HOME:-$HOME/.cache}/kafka-connect-ot/s7-server/node_modules" "$1/node_modules"
}

for name in "${@:-all}"; do
  case "$name" in
    all)
      newcomer
      base
      for on_base in kafka mosquitto modbus prometheus s7; do
        image "$on_base"
      done
      ;;
    newcomer) newcomer ;;
    *)
      base
      image "$name"
      ;;
  esac
done
