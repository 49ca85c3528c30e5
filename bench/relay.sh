#!/usr/bin/env bash
# What a relayed packet costs, beside a C loop of epoll, recv and sendto: LoadHost by epoll and by its portable poller, and
# udp-relay.c, in turn, each ROUNDS times under the same load. One JSON line a run, then the medians and their ratios.
#   KIT=folder-of-the-load-kit bench/relay.sh
# ROUNDS=5  CALLS=200  SECONDS_PER_RUN=20  change the sizes; generator and relay are pinned to a core each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${KIT:?KIT names the folder of the load kit (callload.c)}"
: "${ROUNDS:=5}" "${CALLS:=200}" "${SECONDS_PER_RUN:=20}" "${TARGET:=127.0.0.21:5060}" "${AGENT:=127.0.0.23:7000}"

ulimit -n 65536 2> /dev/null || true # two sockets a call
work=$(mktemp -d)
relay=
stop() {
  if [ -n "$relay" ]; then kill "$relay" 2> /dev/null || true; wait "$relay" 2> /dev/null || true; fi
  relay=
}
trap 'stop; rm -rf "$work"' EXIT

cc -O2 -o "$work/callload" "$KIT/callload.c" -lpthread
cc -O2 -Wall -o "$work/udp-relay" bench/udp-relay.c
dotnet build bench/LoadHost -c Release -v q --nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }

start() { # epoll | portable | c
  stop
  rm -rf "$work/data"
  if [ "$1" = c ]; then
    taskset -c 0 "$work/udp-relay" "$TARGET" "$AGENT" 30000 $((30000 + 4 * CALLS)) > "$work/c.log" 2>&1 &
  else
    taskset -c 0 dotnet bench/LoadHost/bin/Release/net10.0/LoadHost.dll --listen "$TARGET" --agent-host "$AGENT" --agents 10 \
      --data "$work/data" --Logging:LogLevel:Default=Warning --CallCenter:Media:Poller="${1^}" > "$work/host.log" 2>&1 &
  fi
  relay=$!
  sleep 3
}

load() { taskset -c 1 "$work/callload" -t "$TARGET" -a "$AGENT" -p "$relay" -s dial "$@"; }

# CPU time of the relay in the window, over the packets that came out of it.
figures() {
  python3 -c '
import json, sys
run = json.loads(sys.stdin.read())
seconds = run["cpu_pct_per_call"] / 100 * run["up"] * float(sys.argv[2])
print(json.dumps({"relay": sys.argv[1], "us_per_packet": round(seconds * 1e6 / max(run["rtp_recv"], 1), 3), "calls": run["up"], "packets": run["rtp_recv"],
                  "loss_pct": run["loss_pct"], "rtp_ms": run["rtp_ms"], "cpu_pct_per_call": run["cpu_pct_per_call"], "gen_late_ms": run["gen_late_ms"]}))' "$1" "$SECONDS_PER_RUN"
}

for ((round = 1; round <= ROUNDS; round++)); do
  for kind in c epoll portable; do
    start "$kind"
    if [ "$kind" != c ]; then load -r 100 -n 1000 > /dev/null; fi # the compiler of the host has seen everything
    load -r 80 -n "$CALLS" -M "$SECONDS_PER_RUN" | figures "$kind" | tee -a "$work/runs"
  done
done

python3 - "$work/runs" << 'END'
import json, statistics, sys
runs = [json.loads(line) for line in open(sys.argv[1])]
cost = {kind: statistics.median(run["us_per_packet"] for run in runs if run["relay"] == kind) for kind in ("c", "epoll", "portable")}
print(json.dumps({"us_per_packet": cost, "epoll_to_c": round(cost["epoll"] / cost["c"], 2), "portable_to_c": round(cost["portable"] / cost["c"], 2)}))
END
