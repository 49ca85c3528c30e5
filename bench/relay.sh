#!/usr/bin/env bash
# What a relayed packet costs, beside a C loop of epoll, recv and sendto: udp-relay.c, LoadHost by epoll and LoadHost by its
# portable poller in turn, each ROUNDS times under the same load. One JSON line a run, then a table of the medians and their ratios.
#   KIT=folder-of-the-load-kit bench/relay.sh
# ROUNDS=5  CALLS="100 400"  SECONDS_PER_RUN=20  change the sizes; generator and relay are pinned to a core each.
# A call has two sockets and brings 100 packets a second, which the generator sends in 1,000 bursts a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${KIT:?KIT names the folder of the load kit (callload.c)}"
: "${ROUNDS:=5}" "${CALLS:=100 400}" "${SECONDS_PER_RUN:=20}" "${TARGET:=127.0.0.21:5060}"
: "${CALLER:=127.0.0.22:6000}" "${AGENT:=127.0.0.23:7000}"

ulimit -n 65536 2> /dev/null || true # two sockets a call, and two more for RTCP
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

start() { # c | epoll | portable, calls
  stop
  rm -rf "$work/data"
  if [ "$1" = c ]; then
    taskset -c 0 "$work/udp-relay" "$TARGET" "$AGENT" 30000 $((30000 + 4 * $2)) > "$work/c.log" 2>&1 &
  else
    taskset -c 0 dotnet bench/LoadHost/bin/Release/net10.0/LoadHost.dll --listen "$TARGET" --callers "${CALLER%:*}" --agent-host "$AGENT" --agents 10 \
      --data "$work/data" --Logging:LogLevel:Default=Warning --CallCenter:Media:Poller="${1^}" > "$work/host.log" 2>&1 &
  fi
  relay=$!
  sleep 3
}

load() { taskset -c 1 "$work/callload" -t "$TARGET" -c "$CALLER" -a "$AGENT" -p "$relay" -s dial "$@"; }

# CPU time of the relay in the window, over the packets that came out of it.
figures() { # c | epoll | portable
  python3 -c '
import json, sys
run = json.loads(sys.stdin.read())
seconds = run["cpu_pct_per_call"] / 100 * run["up"] * float(sys.argv[2])
print(json.dumps({"relay": sys.argv[1], "us_per_packet": round(seconds * 1e6 / max(run["rtp_recv"], 1), 3), "calls": run["up"], "packets": run["rtp_recv"],
                  "loss_pct": run["loss_pct"], "rtp_ms": run["rtp_ms"], "cpu_pct_per_call": run["cpu_pct_per_call"], "gen_late_ms": run["gen_late_ms"]}))' "$1" "$SECONDS_PER_RUN"
}

for calls in $CALLS; do
  for ((round = 1; round <= ROUNDS; round++)); do
    for kind in c epoll portable; do
      start "$kind" "$calls"
      if [ "$kind" != c ]; then load -r 100 -n 100 -M 12 > /dev/null; fi # the compiler of the host is done by then
      load -r 80 -n "$calls" -M "$SECONDS_PER_RUN" | figures "$kind" | tee -a "$work/runs"
    done
  done
done

python3 - "$work/runs" << 'END'
import json, statistics, sys
runs = [json.loads(line) for line in open(sys.argv[1])]
print("\n| calls | relay | µs a packet, median | to C | least | most | loss %, worst | transit ms, p50 / p99, medians |\n|---|---|---|---|---|---|---|---|")
for calls in sorted({run["calls"] for run in runs}):
    of = {kind: [run for run in runs if run["calls"] == calls and run["relay"] == kind] for kind in ("c", "epoll", "portable")}
    floor = statistics.median(run["us_per_packet"] for run in of["c"]) if of["c"] else None
    for kind, same in of.items():
        costs = [run["us_per_packet"] for run in same]
        if not costs:
            continue
        cost = statistics.median(costs)
        p50, p99 = (statistics.median(run["rtp_ms"][i] for run in same) for i in (0, 2))
        ratio = round(cost / floor, 2) if floor else ""
        print(f"| {calls} | {kind} | {cost} | {ratio} | {min(costs)} | {max(costs)} | {max(run['loss_pct'] for run in same)} | {p50} / {p99} |")
END
