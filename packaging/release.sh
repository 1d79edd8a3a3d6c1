#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Kafka Connect OT authors
#
# Collects a release in packaging/target/release: the archives and the edge distribution with checksums and bills of
# materials, the resources for deployment with the checksum of the pack filled in, and the notes, the section of the
# version in CHANGELOG.md.
#
#   packaging/release.sh <version>        sets the version, builds, tests, and resets the version
#   packaging/release.sh --dry            collects what packaging/target has, with its own version
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "release: $*" >&2
  exit 1
}

# In the poms every version of the project is the text 0.x.y-SNAPSHOT.
current=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)
[ -n "$current" ] || fail "pom.xml has no version"
poms() { git ls-files -- 'pom.xml' '*/pom.xml'; }
set_version() { poms | xargs sed -i "s:<version>$1</version>:<version>$2</version>:"; }

case "${1:-}" in
  --dry)
    version=$current
    notes=$(sed -n 's/^## \([0-9][^ ]*\).*/\1/p' CHANGELOG.md | head -1)
    ;;
  [0-9]*.[0-9]*.[0-9]*)
    version=$1
    notes=$1
    [ -z "$(git status --porcelain)" ] || fail "the work tree has changes that are not committed"
    grep -q "^## $version ([0-9]\{4\}-[0-9][0-9]-[0-9][0-9])$" CHANGELOG.md ||
      fail "CHANGELOG.md has no section '## $version (<date>)'"
    trap 'set_version "$version" "$current"' EXIT
    set_version "$current" "$version"
    ./mvnw -ntp clean verify
    packaging/check-reproducible.sh
    ;;
  *) fail "usage: packaging/release.sh <version> | --dry" ;;
esac

release=packaging/target/release
rm -rf "$release"
mkdir -p "$release"

shopt -s nullglob
archives=(packaging/target/connectot-kafka-connect-*-"$version".zip)
[ ${#archives[@]} -gt 0 ] || fail "packaging/target has no archives of $version: build them with ./mvnw -DskipTests package"
for archive in "${archives[@]}"; do
  name=$(basename "$archive" .zip)
  cp "$archive" "$release/"
  unzip -p "$archive" "$name/doc/sbom.json" >"$release/$name.sbom.json"
  (cd "$release" && sha512sum "$name.zip" >"$name.zip.sha512")
done

# The edge distribution. Its bill of materials is that of its lib folder; the pack in it has its own, which is above.
edge=connect-ot-edge-$version
[ -e "deploy/edge/target/$edge.tar.gz" ] || fail "deploy/edge/target has no $edge.tar.gz: build it with ./mvnw -DskipTests package"
cp "deploy/edge/target/$edge.tar.gz" "$release/"
tar -xzOf "$release/$edge.tar.gz" "$edge/doc/sbom.json" >"$release/$edge.sbom.json"
(cd "$release" && sha512sum "$edge.tar.gz" >"$edge.tar.gz.sha512")

# The resources, ready to apply but for addresses.
pack=connectot-kafka-connect-ot-$version.zip
[ -e "$release/$pack" ] || fail "$pack is missing"
checksum=$(cut -d' ' -f1 "$release/$pack.sha512")
deploy=$(mktemp -d)
trap 'rm -rf "$deploy"; [ "$version" = "$current" ] || set_version "$version" "$current"' EXIT
mkdir "$deploy/connect-ot-deploy-$version"
git ls-files -z -- deploy/compose deploy/docker deploy/monitoring deploy/strimzi |
  tar -c --null --files-from=- | tar -x --strip-components=1 -C "$deploy/connect-ot-deploy-$version"
sed -i -e "s:@sha512@:$checksum:" -e "s:connectot-kafka-connect-ot-[0-9][^ ]*[.]zip:$pack:" \
  "$deploy/connect-ot-deploy-$version/strimzi/kafka-connect.yaml"
tar -C "$deploy" --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-01-01T00:00:00Z \
  -c "connect-ot-deploy-$version" | gzip -n >"$release/connect-ot-deploy-$version.tar.gz"

awk -v version="$notes" '/^## / {on = ($2 == version); next} on' CHANGELOG.md >"$release/NOTES.md"
[ -s "$release/NOTES.md" ] || fail "CHANGELOG.md has no section of $notes"
(cd "$release" && sha512sum -- *.zip *.tar.gz *.sbom.json NOTES.md >SHA512SUMS && sha512sum --quiet --check SHA512SUMS)
ls -l "$release"
