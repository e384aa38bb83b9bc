#!/usr/bin/env bash
# Loads TsdbServer and its peers with the same bytes from the same client, in turn, and prints medians. See bench/README.md.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${TSDB_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/tsdb-bench}

scenarios="load small series remote-write late churn"
servers="ours vm prometheus influxdb"
runs=3 fetch=0 port=9460 out=$work/results
lines=10000 connections=4 hosts=1000 points=1080 seconds=20 settle_seconds=10
series_hosts=100000 remote_points=120 churn_hosts=10000 churn_turns=50

usage() {
    cat <<TEXT
run.sh [--scenario A,B] [--servers ours,vm,prometheus,influxdb] [--runs N] [--out DIR] [--fetch] [--port N]
       [--hosts N] [--points N] [--lines N] [--connections N] [--seconds N] [--settle-seconds N] [--series-hosts N] [--remote-points N]
       [--churn-hosts N] [--churn-turns N]
Scenarios: $scenarios
TEXT
}

while (($#)); do
    case $1 in
        --scenario) scenarios=${2//,/ }; shift ;;
        --servers) servers=${2//,/ }; shift ;;
        --fetch) fetch=1 ;;
        --runs | --out | --port | --hosts | --points | --lines | --connections | --seconds | --settle-seconds | --series-hosts | --remote-points | --churn-hosts | --churn-turns)
            name=${1#--}
            printf -v "${name//-/_}" %s "$2"
            shift ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

for file in lib.sh data.sh servers/tsdbserver.sh servers/victoriametrics.sh servers/prometheus.sh servers/influxdb.sh; do
    # shellcheck source=/dev/null
    source "$here/$file"
done

url=http://127.0.0.1:$port
results=$out/results.csv
loadgen() { dotnet "$work/loadgen/loadgen.dll" "$@"; }

# Sends the scenario's bodies; what the client tells goes to $sent.
send() {
    local format=$1 file=$2 headers=() repeat=0 parallel=$connections
    if [[ $format == remote-write ]]; then
        headers=(--header "Content-Encoding: snappy" --header "Content-Type: application/x-protobuf" --header "X-Prometheus-Remote-Write-Version: 0.1.0")
    fi
    if [[ $scenario == small ]]; then repeat=$seconds parallel=64; fi
    # Prometheus refuses samples older than the last of their series: one connection keeps them in order.
    if [[ $format == remote-write ]]; then parallel=1; fi
    sent=$(loadgen send --file "$file" --to "$("${server}_write_url" "$format")" --connections "$parallel" --seconds "$repeat" "${headers[@]}")
}

# The figures that need a crash: what is there when the server comes back, and how long that takes.
measure_restart() {
    local start counted
    kill_server
    start=$(now)
    start_server || return
    counted=$("${server}_count")
    record restart_seconds "$(minus "$(now)" "$start")"
    record samples_lost $(($(field_of samples) - counted))
}

# Values and their order must be those of the data: sums and resets depend on both.
measure_checksum() {
    record checksum_sum "$("${server}_query" "sum(sum_over_time(cpu_usage_user[${data_range}s]))")"
    record checksum_order "$("${server}_query" "sum(resets(cpu_usage_user[${data_range}s]))")"
}

# One server, one scenario, one run: once to the end for CPU and disk, once more to be killed right after the last answer.
measure() {
    local format=$1 cpu_before figure
    data=$work/run/$server
    mkdir -p "$work/run"
    rm -rf "$data" "$data".*
    start_server || return
    cpu_before=$(cpu_seconds)
    send "$format" "$body_file"
    sleep "$settle_seconds"
    record server_cpu_seconds "$(minus "$(cpu_seconds)" "$cpu_before")"
    record peak_rss_mib "$(peak_rss_mib)"
    for figure in requests_per_second samples_per_second p50_ms p99_ms max_ms client_cpu_seconds; do
        record $figure "$(field_of $figure)"
    done
    say "$scenario $server run $run: $(field_of samples_per_second) samples/s, statuses $(field_of statuses)"
    if [[ $scenario == small ]]; then
        figure=$("${server}_syncs")
        [[ $figure == - ]] || record syncs "$figure"
    else
        # Without a crash nothing may be missing: else it is the count that is wrong, and no samples_lost below means anything.
        record samples_uncounted $(($(field_of samples) - $("${server}_count")))
        "${server}_settle"
        record disk_bytes "$(disk_bytes)"
        [[ $server != ours || ($scenario != late && $scenario != load) ]] || measure_checksum
        kill_server
        rm -rf "$data"
        start_server || return
        send "$format" "$body_file"
        measure_restart
    fi
    kill_server
    rm -rf "$data"
}

format_of() {
    local formats
    formats=" $("${server}_formats") "
    if [[ $scenario != remote-write && $formats == *" line-protocol "* ]]; then
        echo line-protocol
    elif [[ ($scenario == remote-write || $scenario == series) && $formats == *" remote-write "* ]]; then
        echo remote-write
    fi
}

print_heading() {
    echo "commit $(git -C "$root" describe --always --dirty), $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) processors, $(uname -sr), median of $runs"
    for server in $found; do echo "$server: $("${server}_version"); durability: $("${server}_policy")"; done
    echo
}

main() {
    local format found="" server
    mkdir -p "$out" "$work"
    dotnet publish "$root/bench/Tsdb.LoadGenerator" -c Release -o "$work/loadgen" >"$work/publish.log" || { say "see $work/publish.log"; exit 1; }
    dotnet publish "$root/tools/Tsdb.Tool" -c Release -o "$work/tool" >"$work/publish.log" || { say "see $work/publish.log"; exit 1; }
    rm -rf "${work:?}/server"
    for server in $servers; do
        if "${server}_find"; then found+=" $server"; else say "$server: not found, skipped (PATH, TSDB_PEERS_DIR, --fetch)"; fi
    done
    echo "scenario,server,run,figure,value" >"$results"
    trap kill_server EXIT
    for scenario in $scenarios; do
        for ((run = 1; run <= runs; run++)); do
            for server in $found; do
                [[ $scenario != late || $server == ours ]] || continue
                format=$(format_of)
                [[ -n $format ]] || continue
                make_data "$format"
                measure "$format"
            done
        done
    done
    { print_heading; print_table; } | tee "$out/table.txt"
}

main
