#!/usr/bin/env bash
# Shows with a trace of the real server's system calls that a write is on disk before it is answered: for each of a number of requests, the
# log is written, fdatasync returns, and only then the 204 leaves. Needs strace and curl (apt-get install strace curl).
# usage: tests/trace-durability.sh [REQUESTS]      (default 20)
set -euo pipefail
cd "$(dirname "$0")/.."
requests=${1:-20}
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet publish src/Tsdb.Server --configuration Release --output "$work/server" >/dev/null
port=$((20000 + RANDOM % 20000))
strace -f -y -ttt -s 40 -e trace=pwrite64,fdatasync,sendto,sendmsg -o "$work/trace" \
    bash -c "echo \$\$ >'$work/pid'; exec dotnet '$work/server/Tsdb.Server.dll' --data-dir '$work/data' --listen 'http://127.0.0.1:$port'" >"$work/log" 2>&1 &
for _ in $(seq 200); do curl -sf "http://127.0.0.1:$port/-/ready" >/dev/null && break; sleep 0.1; done
for i in $(seq "$requests"); do
    curl -sf --data-binary "traced,request=$i value=$i" "http://127.0.0.1:$port/write"
done
kill -TERM "$(cat "$work/pid")"
wait || true

# A call that another thread interrupts is printed in two lines; its end counts.
awk -v wanted="$requests" '
    /pwrite64\([0-9]+<[^>]*\/wal\// && !/unfinished/ { written++; synced = 0 }
    /fdatasync\([0-9]+<[^>]*\/wal\// && /unfinished/ { pending[$1] = 1 }
    /fdatasync\([0-9]+<[^>]*\/wal\// && / = 0$/ { synced = 1; syncs++ }
    /<\.\.\. fdatasync resumed>/ && / = 0$/ && pending[$1] { synced = 1; syncs++; delete pending[$1] }
    /HTTP\/1\.1 204/ {
        answers++
        if (!synced) { print "answered before the sync: " $0; bad++ }
        synced = 0
    }
    END {
        printf "%d answers, %d log writes, %d completed syncs, %d answered before their sync\n", answers, written, syncs, bad
        exit bad > 0 || answers < wanted
    }' "$work/trace"
