# TsdbServer. Every server's file defines the same functions, behind its own prefix; they use $data, $port and $url.

ours_find() { [[ -f $work/server/Tsdb.Server.dll ]] || dotnet publish "$root/src/Tsdb.Server" -c Release -r linux-x64 -o "$work/server" >"$work/publish.log"; }
ours_version() { git -C "$root" describe --always --dirty; }
ours_policy() { echo "always: each write is acknowledged after its log record is synced to disk"; }
ours_formats() { echo "line-protocol remote-write"; }

ours_start() {
    exec dotnet "$work/server/Tsdb.Server.dll" --data-dir "$data" --listen "$url" --write-durability always \
        --query-max-samples 1000000000 --query-max-bytes 16GiB --query-timeout 10m
}

ours_write_url() {
    if [[ $1 == remote-write ]]; then echo "$url/api/v1/write"; else echo "$url/write?precision=ns"; fi
}

ours_is_ready() { curl -sf -o /dev/null "$url/-/ready"; }
ours_settle() { curl -sf -o /dev/null -m 1800 -X POST "$url/api/v1/admin/tsdb/compact"; }
ours_query() { promql_value "$@"; }
ours_count() { promql_count; }
ours_syncs() { curl -sf "$url/metrics" | awk '/^wal_sync_seconds_count/ { n += $2 } END { printf "%d", n }'; }
