#!/usr/bin/env bash
# Makes a Docker engine answer: installs Debian's and starts it, unless one is there already. Needs root. Prints the
# process id of an engine that it started, for the caller to end; nothing otherwise.
set -euo pipefail

docker info >/dev/null 2>&1 && exit 0

missing=()
command -v dockerd >/dev/null || missing+=(docker.io)
command -v iptables >/dev/null || missing+=(iptables)
if [ ${#missing[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  {
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends "${missing[@]}"
  } >&2
fi

# The engine's own defaults are higher than what may be set where the engine itself runs in a sandbox.
if [ ! -e /etc/docker/daemon.json ]; then
  mkdir -p /etc/docker
  cat >/etc/docker/daemon.json <<'JSON'
{
  "default-ulimits": {
    "nofile": {"Name": "nofile", "Hard": 8192, "Soft": 8192},
    "nproc": {"Name": "nproc", "Hard": 4096, "Soft": 4096}
  }
}
JSON
fi

# An engine that was killed has left the numbers of processes, which may be others' by now, and so would keep it down.
if ! pgrep -x dockerd >/dev/null; then
  rm -f /var/run/docker.pid /run/docker/containerd/containerd.pid
fi

log=${TMPDIR:-/tmp}/connect-ot-dockerd.log
nohup dockerd >"$log" 2>&1 </dev/null &
engine=$!
for _ in $(seq 60); do
  if docker info >/dev/null 2>&1; then
    echo "$engine"
    exit 0
  fi
  kill -0 "$engine" 2>/dev/null || break
  sleep 1
done
echo "The Docker engine does not start; the end of $log:" >&2
tail -20 "$log" >&2
exit 1
