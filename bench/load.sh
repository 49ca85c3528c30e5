#!/usr/bin/env bash
# Starts LoadHost and runs the load kit against it: one JSON line a figure.
#   KIT=folder-of-the-load-kit bench/load.sh [row ...]        rows: signalling latency media recorded waiting drain
# SECONDS_PER_RUN=45  RATE=300  CALLS=300  AGENTS=200 change the sizes; the kit and the host are pinned to a core each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${KIT:?KIT names the folder of the load kit (callload.c)}"
: "${SECONDS_PER_RUN:=45}" "${RATE:=300}" "${CALLS:=300}" "${AGENTS:=200}" "${TARGET:=127.0.0.21:5060}"
rows=("${@:-signalling}")

work=$(mktemp -d)
host=
cleanup() {
  if [ -n "$host" ]; then kill "$host" 2> /dev/null || true; wait "$host" 2> /dev/null || true; fi
  rm -rf "$work"
}
trap cleanup EXIT

cc -O2 -o "$work/callload" "$KIT/callload.c" -lpthread
dotnet build bench/LoadHost -c Release -v q --nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }

start() { # arguments for the host
  if [ -n "$host" ]; then kill "$host"; wait "$host" 2> /dev/null || true; fi
  rm -rf "$work/data"
  taskset -c 0 dotnet bench/LoadHost/bin/Release/net10.0/LoadHost.dll --listen "$TARGET" --data "$work/data" \
    --Logging:LogLevel:Default=Warning "$@" > "$work/host.log" 2>&1 &
  host=$!
  sleep 3 # what the warm-up sends too early, SIP repeats
}

load() { taskset -c 1 "$work/callload" -t "$TARGET" -p "$host" "$@"; }

warm_up() { load -s queue_na -r 150 -n 3000 > /dev/null; load -s dial -r 100 -n 1000 > /dev/null; }

for row in "${rows[@]}"; do
  case $row in
    signalling) start --agents "$AGENTS"; warm_up; load -s queue_na -r "$RATE" -n $((RATE * SECONDS_PER_RUN)) -L signalling ;;
    latency) start --agents "$AGENTS"; warm_up; load -s queue_na -r 50 -n $((50 * SECONDS_PER_RUN)) -L latency ;;
    media) start --agents "$AGENTS"; warm_up; load -s dial -r 80 -n "$CALLS" -M "$SECONDS_PER_RUN" -L media ;;
    recorded) start --agents "$AGENTS"; warm_up; load -s dial_rec -r 80 -n "$CALLS" -M "$SECONDS_PER_RUN" -L recorded ;;
    waiting) start --agents "$AGENTS"; warm_up; load -s wait -r 100 -n 1000 -1 -q -M 10 -L waiting ;;
    drain) start --agents 10; load -s queue_na -r 20 -n 100 -h 100 > /dev/null; load -s queue -r 200 -n 100 -h 500 -L drain ;;
    *) echo "unknown row '$row'; rows: signalling latency media recorded waiting drain" >&2; exit 2 ;;
  esac
done
