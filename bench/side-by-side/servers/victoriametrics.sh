# VictoriaMetrics, single node.

vm_find() { vm_binary=$(find_peer victoria-metrics victoria-metrics-prod) || fetch_peer victoria-metrics && vm_binary=$(find_peer victoria-metrics victoria-metrics-prod); }

# Debian builds it without a version; the binary's hash then says which it is.
vm_version() {
    local version
    version=$("$vm_binary" -version 2>&1 | head -1)
    echo "${version:-sha256 $(sha256sum "$vm_binary" | cut -c1-16)}"
}

vm_policy() { echo "none: rows are acknowledged from memory and reach the disk within about 5 s (-inmemoryDataFlushInterval)"; }
vm_formats() { echo "line-protocol remote-write"; }

vm_start() {
    exec "$vm_binary" -storageDataPath="$data" -httpListenAddr="127.0.0.1:$port" -retentionPeriod=100y -loggerLevel=WARN \
        -search.maxUniqueTimeseries=20000000 -search.maxSamplesPerQuery=10000000000 -search.maxQueryDuration=10m -search.maxMemoryPerQuery=0 \
        -search.disableCache -search.latencyOffset=0s
}

vm_write_url() {
    if [[ $1 == remote-write ]]; then echo "$url/api/v1/write"; else echo "$url/write?precision=ns"; fi
}

vm_is_ready() { curl -sf -o /dev/null "$url/health"; }

vm_settle() {
    curl -sf -o /dev/null "$url/internal/force_flush"
    curl -sf -o /dev/null "$url/internal/force_merge"
    settle_disk
}

vm_query() { promql_value "$@"; }

# What was written last becomes visible to queries only when it is flushed.
vm_count() {
    curl -sf -o /dev/null "$url/internal/force_flush"
    promql_count
}

vm_syncs() { echo -; }
