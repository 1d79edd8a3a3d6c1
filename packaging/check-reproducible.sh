#!/usr/bin/env bash
# Builds the plugin archives twice, from two copies of this work tree in different places, under different
# time zones, locales and umasks, and fails unless the archives are byte-identical.
set -euo pipefail
cd "$(dirname "$0")/.."

modules=$(printf '%s\n' packaging/*/pom.xml | sed 's,/pom.xml$,,' | paste -sd ,)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # name, umask, time zone
  mkdir "$work/$1"
  git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
    tar -c --null --files-from=- | (umask "$2" && tar -x --no-same-permissions -C "$work/$1")
  (
    umask "$2"
    cd "$work/$1"
    # Formatting and lint are checked by the main build; this build only creates the archives.
    TZ=$3 LC_ALL=C ./mvnw -q -ntp -Dfast -DskipTests -pl "$modules" -am package >build.log 2>&1 ||
      { tail -50 build.log; exit 1; }
    cd packaging/target && sha512sum --check --quiet ./*.zip.sha512 && sha512sum ./*.zip
  ) >"$work/$1.sums" || { cat "$work/$1.sums"; exit 1; }
}

build first 022 UTC
build second-in-another-place 002 Asia/Kolkata

if ! diff "$work/first.sums" "$work/second-in-another-place.sums"; then
  echo "The archives differ between two builds of the same sources." >&2
  exit 1
fi
echo "Reproducible: $(wc -l <"$work/first.sums") archives, byte-identical in two builds."
