# Prometheus as a receiver of remote write; it takes no line protocol, and only samples near now.

prometheus_find() { prometheus_binary=$(find_peer prometheus) || fetch_peer prometheus && prometheus_binary=$(find_peer prometheus); }
prometheus_version() { "$prometheus_binary" --version 2>&1 | head -1; }
prometheus_policy() { echo "none: the log is written before the answer, but synced only when a segment of 128 MiB is full"; }
prometheus_formats() { echo "remote-write"; }

prometheus_start() {
    echo "global: {}" >"$data.yml"
    exec "$prometheus_binary" --config.file="$data.yml" --storage.tsdb.path="$data" --web.listen-address="127.0.0.1:$port" \
        --web.enable-remote-write-receiver --query.max-samples=2000000000 --query.timeout=10m --log.level=warn
}

prometheus_write_url() { echo "$url/api/v1/write"; }
prometheus_is_ready() { curl -sf -o /dev/null "$url/-/ready"; }
prometheus_settle() { :; }
prometheus_query() { promql_value "$@"; }
prometheus_count() { promql_count; }
prometheus_syncs() { curl -sf "$url/metrics" | awk '/^prometheus_tsdb_wal_fsync_duration_seconds_count/ { printf "%d", $2 }'; }
