#!/usr/bin/env bash
# Starts LoadHost and runs the load kit against it: one JSON line a figure.
#   KIT=folder-of-the-load-kit bench/load.sh [row ...]
#   rows: signalling latency agents overload media recorded memory waiting drain start
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

# From the start of the process to the first answer to OPTIONS, in ms.
first_answer() { # arguments for the host
  python3 - "$TARGET" "$work/data" "$@" << 'PY'
import json, shutil, socket, subprocess, sys, time
target, data, *rest = sys.argv[1:]
ip, port = target.split(":")
shutil.rmtree(data, ignore_errors=True)
probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
probe.bind(("127.0.0.22", 0))
probe.settimeout(0.005)
me = "%s:%d" % probe.getsockname()
started = time.monotonic()
host = subprocess.Popen(["taskset", "-c", "0", "dotnet", "bench/LoadHost/bin/Release/net10.0/LoadHost.dll", "--listen", target, "--data", data,
                         "--Logging:LogLevel:Default=Warning", *rest], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for i in range(4000):
        probe.sendto((f"OPTIONS sip:{target} SIP/2.0\r\nVia: SIP/2.0/UDP {me};branch=z9hG4bK{i}\r\nFrom: <sip:probe@{me}>;tag=1\r\n"
                      f"To: <sip:{target}>\r\nCall-ID: {i}@{me}\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n").encode(), (ip, int(port)))
        try:
            probe.recv(4096)
            break
        except (TimeoutError, ConnectionRefusedError):
            time.sleep(0.002)
    else:
        sys.exit("no answer to OPTIONS")
    print(json.dumps({"label": "start", "args": rest, "ms": round((time.monotonic() - started) * 1000)}))
finally:
    host.terminate()
    host.wait()
PY
}

warm_up() { load -s queue_na -r 150 -n 3000 > /dev/null; load -s dial -r 100 -n 1000 > /dev/null; }

for row in "${rows[@]}"; do
  case $row in
    signalling) start --agents "$AGENTS"; warm_up; load -s queue_na -r "$RATE" -n $((RATE * SECONDS_PER_RUN)) -L signalling ;;
    latency) start --agents "$AGENTS"; warm_up; load -s queue_na -r 50 -n $((50 * SECONDS_PER_RUN)) -L latency ;;
    agents) # the same calls with few and with many members of the queue, most of them busy for 2 s a call
      for many in 400 5000; do
        start --agents "$many"
        load -s queue_na -r 150 -n 3000 > /dev/null
        load -s queue_na -r 150 -n $((150 * SECONDS_PER_RUN)) -h 2000 -L "agents $many"
      done ;;
    overload) start --agents "$AGENTS"; warm_up; load -s queue_na -r $((RATE * 3 / 2)) -n $((RATE * 3 / 2 * SECONDS_PER_RUN)) -L overload ;;
    media) start --agents "$AGENTS"; warm_up; load -s dial -r 80 -n "$CALLS" -M "$SECONDS_PER_RUN" -L media ;;
    recorded) start --agents "$AGENTS"; warm_up; load -s dial_rec -r 80 -n "$CALLS" -M "$SECONDS_PER_RUN" -L recorded ;;
    memory) start --agents "$AGENTS"; warm_up; load -s dial -r 80 -n "$CALLS" -q -M 10 -L memory ;;
    waiting) start --agents "$AGENTS"; warm_up; load -s wait -r 100 -n 1000 -1 -q -M 10 -L waiting ;;
    drain) start --agents 10; load -s queue_na -r 20 -n 100 -h 100 > /dev/null; load -s queue -r 200 -n 100 -h 500 -L drain ;;
    start) for i in 1 2 3; do first_answer --agents 200; first_answer --agents 5000; done ;;
    *) echo "unknown row '$row'; rows: signalling latency agents overload media recorded memory waiting drain start" >&2; exit 2 ;;
  esac
done
