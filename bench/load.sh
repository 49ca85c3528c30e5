#!/usr/bin/env bash
# Starts LoadHost and runs the load kit against it: one JSON line a figure, and a table of the rows with audio.
#   KIT=folder-of-the-load-kit bench/load.sh [row ...]
#   rows: signalling latency agents overload media recorded transcoded concurrent memory waiting drain start
# SECONDS_PER_RUN=45  RATE=300  CALLS=300  AGENTS=200 change the sizes; CALLS may be a list, "200 500 800", for rows with audio.
# The kit and the host are pinned to a core each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${KIT:?KIT names the folder of the load kit (callload.c)}"
: "${SECONDS_PER_RUN:=45}" "${RATE:=300}" "${CALLS:=300}" "${AGENTS:=200}"
: "${TARGET:=127.0.0.21:5060}" "${CALLER:=127.0.0.22:6000}" "${AGENT:=127.0.0.23:7000}" "${FILTER:=127.0.0.24:5060}"
rows=("${@:-signalling}")

ulimit -n 65536 2> /dev/null || true # four sockets a call
work=$(mktemp -d)
host=
filter=
stop() {
  if [ -n "$host" ]; then kill "$host" 2> /dev/null || true; wait "$host" 2> /dev/null || true; fi
  host=
}
cleanup() {
  if [ -n "$filter" ]; then kill "$filter" 2> /dev/null || true; fi
  stop
  rm -rf "$work"
}
trap cleanup EXIT

cc -O2 -o "$work/callload" "$KIT/callload.c" -lpthread
dotnet build bench/LoadHost -c Release -v q --nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }

start() { # arguments for the host
  stop
  rm -rf "$work/data"
  taskset -c 0 dotnet bench/LoadHost/bin/Release/net10.0/LoadHost.dll --listen "$TARGET" --data "$work/data" \
    --callers "${CALLER%:*}" --agent-host "$AGENT" --Logging:LogLevel:Default=Warning "$@" > "$work/host.log" 2>&1 &
  host=$!
  sleep 3 # what the warm-up sends too early, SIP repeats
}

load() { taskset -c 1 "$work/callload" -t "$TARGET" -c "$CALLER" -a "$AGENT" -p "$host" "$@"; }

# From the start of the process to the first answer to OPTIONS, in ms.
first_answer() { # label, the host's assembly, arguments for it
  python3 - "$1" "$2" "$TARGET" "$work/data" "${@:3}" << 'PY'
import json, shutil, socket, subprocess, sys, time
label, assembly, target, data, *rest = sys.argv[1:]
ip, port = target.split(":")
shutil.rmtree(data, ignore_errors=True)
probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
probe.bind(("127.0.0.22", 0))
probe.settimeout(0.005)
me = "%s:%d" % probe.getsockname()
started = time.monotonic()
host = subprocess.Popen(["taskset", "-c", "0", "dotnet", assembly, "--listen", target, "--data", data,
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
    print(json.dumps({"label": label, "args": rest, "ms": round((time.monotonic() - started) * 1000)}))
finally:
    host.terminate()
    host.wait()
PY
}

warm_up() { load -s queue_na -r 150 -n "${WARM_UP:-3000}" > /dev/null; load -s dial -r 100 -n $((${WARM_UP:-3000} / 3)) > /dev/null; }

# Calls with audio both ways, all at once.
media() { # label, extension, calls
  start --agents "$AGENTS"
  warm_up
  load -s "$2" -r 100 -n 100 -M 12 > /dev/null # the compiler of the host takes so long with the path of a packet
  load -s "$2" -r 80 -n "$3" -M "$SECONDS_PER_RUN" -L "$1" | tee -a "$work/audio"
}

# The same with G.722 at the caller's end and G.711 at the agent's; the loss is what RTCP tells.
transcoded() { # calls
  start --agents "$AGENTS" --callers "${FILTER%:*}"
  load_g722 -r 100 -n $((${WARM_UP:-3000} / 3)) > /dev/null
  load_g722 -r 100 -n 100 -M 12 > /dev/null
  load_g722 -r 80 -n "$1" -M "$SECONDS_PER_RUN" -L transcoded > "$work/kit"
  python3 - "$work/kit" "$work/rtcp" << 'PY' | tee -a "$work/audio"
import json, sys
kit, rtcp = (json.load(open(name)) for name in sys.argv[1:])
if kit["rtp_recv"] > 0:
    sys.exit("packets came through as they were sent: nothing was transcoded")
lost = rtcp["lost_to_host"] + rtcp["from_host"] - kit["rtp_all"]
kit["loss_pct"] = round(100 * lost / max(rtcp["to_host"] + rtcp["from_host"], 1), 4)
for unknown in ("rtp_ms", "rtp_recv", "opaque"): # what was transcoded is not matched to what was sent
    del kit[unknown]
print(json.dumps(kit | rtcp))
PY
}

load_g722() {
  taskset -c 1 python3 bench/g722-caller.py "$FILTER" "$TARGET" "$CALLER" "$AGENT" 32 > "$work/rtcp" &
  filter=$!
  sleep 1
  load -t "$FILTER" -S 32 -s dial "$@"
  kill "$filter"
  wait "$filter" || true
  filter=
}

table() {
  python3 - "$work/audio" << 'PY'
import json, sys
print("\n| | calls | up | loss % | transit ms, p50 / p99 / p99.9 | % of a core a call | generator late at most, ms |\n|---|---|---|---|---|---|---|")
for line in open(sys.argv[1]):
    run = json.loads(line)
    transit = " / ".join(str(run["rtp_ms"][i]) for i in (0, 2, 3)) if "rtp_ms" in run else ""
    print(f"| {run['label']} | {run['made']} | {run['up']} | {run['loss_pct']} | {transit} | {run['cpu_pct_per_call']} | {run['gen_late_ms']} |")
PY
}

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
    media) for calls in $CALLS; do media plain dial "$calls"; done ;;
    recorded) for calls in $CALLS; do media recorded dial_rec "$calls"; done ;;
    transcoded) for calls in $CALLS; do transcoded "$calls"; done ;;
    concurrent)
      for calls in 200 500 800; do media plain dial "$calls"; done
      for calls in 200 500; do media recorded dial_rec "$calls"; done
      transcoded 200 ;;
    memory) start --agents "$AGENTS"; warm_up; load -s dial -r 80 -n "$CALLS" -q -M 10 -L memory ;;
    waiting) start --agents "$AGENTS"; warm_up; load -s wait -r 100 -n 1000 -1 -q -M 10 -L waiting ;;
    drain) start --agents 10; load -s queue_na -r 20 -n 100 -h 100 > /dev/null; load -s queue -r 200 -n 100 -h 500 -L drain ;;
    start) stop # the host of a row before would answer
      dotnet publish bench/LoadHost -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" --self-contained false -p:PublishReadyToRun=true \
        -o "$work/published" -v q --nologo > "$work/publish.log" || { cat "$work/publish.log"; exit 1; }
      dotnet build-server shutdown > "$work/publish.log" 2>&1 # or it measures with
      for i in 1 2 3 4 5; do
        for agents in 200 5000; do
          first_answer "start, published" "$work/published/LoadHost.dll" --agents "$agents"
          first_answer "start, built" bench/LoadHost/bin/Release/net10.0/LoadHost.dll --agents "$agents"
        done
      done ;;
    *) echo "unknown row '$row'; the head of this file names them" >&2; exit 2 ;;
  esac
done
if [ -s "$work/audio" ]; then table; fi
