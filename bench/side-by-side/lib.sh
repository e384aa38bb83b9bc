# Helpers of run.sh and of the servers' files: processes, figures of /proc, queries, tables.

say() { printf '%s\n' "$*" >&2; }

# Prints the path of the first command that is on PATH, in TSDB_PEERS_DIR or among those fetched.
find_peer() {
    local name dir
    for name in "$@"; do
        command -v "$name" && return
        for dir in "${TSDB_PEERS_DIR:-}" "$work/peers/usr/bin"; do
            [[ -n $dir && -x $dir/$name ]] && echo "$dir/$name" && return
        done
    done
    return 1
}

# Unpacks a Debian package, without installing it, when --fetch was given.
fetch_peer() {
    ((fetch)) || return 1
    say "fetching $1"
    mkdir -p "$work/peers/deb"
    (cd "$work/peers/deb" && apt-get download "$1" >/dev/null && dpkg -x "$1"_*.deb "$work/peers")
}

# Starts $server on $data and waits until it answers; the process is $pid.
start_server() {
    ("${server}_start" >"$data.log" 2>&1) &
    pid=$!
    until "${server}_is_ready"; do
        kill -0 "$pid" 2>/dev/null || { say "$server did not start; see $data.log"; return 1; }
        sleep 0.02
    done
}

kill_server() {
    [[ -n ${pid:-} ]] || return 0
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    pid=
}

# User and system time of the server, in seconds. The name, which may hold spaces, ends at the last parenthesis.
cpu_seconds() { sed 's/.*) //' "/proc/$pid/stat" | awk -v hz="$(getconf CLK_TCK)" '{ printf "%.2f", ($12 + $13) / hz }'; }
peak_rss_mib() { awk '/^VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$pid/status"; }
disk_bytes() { du -sb "$data" | cut -f1; }
now() { date +%s.%N; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a - b }'; }

# Waits until the folder keeps its size for ten seconds, at most five minutes.
settle_disk() {
    local before after same=0 i
    for ((i = 0; i < 150 && same < 5; i++)); do
        before=$(disk_bytes)
        sleep 2
        after=$(disk_bytes)
        if [[ $before == "$after" ]]; then same=$((same + 1)); else same=0; fi
    done
}

# The value of an instant query at the end of the data; 0 when there is none.
promql_value() {
    local value
    value=$(curl -sf -m 900 "$url/api/v1/query" --data-urlencode "query=$1" --data-urlencode "time=$data_end" |
        sed -n 's/.*"value":\[[^,]*,"\([^"]*\)"\].*/\1/p')
    echo "${value:-0}"
}

# One query for each field keeps within everyone's limits.
promql_count() {
    local field total=0
    for field in user system idle nice iowait irq softirq steal guest guest_nice; do
        total=$((total + $(printf '%.0f' "$("${server}_query" "sum(count_over_time(cpu_usage_$field[${data_range}s]))")")))
    done
    echo "$total"
}

# Names and values of one run become a row of results.csv.
record() { printf '%s,%s,%s,%s,%s\n' "$scenario" "$server" "$run" "$1" "$2" >>"$results"; }
field_of() { sed -n "s/^$1=//p" <<<"$sent"; }

# Medians of each figure, and the ratio to ours.
print_table() {
    printf '%-14s %-12s %-22s %16s %10s\n' scenario server figure median "to ours"
    tail -n +2 "$results" | sort -t, -k1,1 -k4,4 -k2,2 -k5,5g | awk -F, '
        function flush() { if (n) { median[key] = (v[int((n + 1) / 2)] + v[int(n / 2) + 1]) / 2; order[++keys] = key } n = 0 }
        { k = $1 FS $2 FS $4; if (k != key) { flush(); key = k } v[++n] = $5 }
        END {
            flush()
            for (i = 1; i <= keys; i++) {
                split(order[i], part, FS); ours = median[part[1] FS "ours" FS part[3]]
                ratio = "-"
                if (ours > 0) ratio = sprintf("%.2f", median[order[i]] / ours)
                printf "%-14s %-12s %-22s %16.2f %10s\n", part[1], part[2], part[3], median[order[i]], ratio
            }
        }'
}
