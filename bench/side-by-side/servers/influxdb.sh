# InfluxDB 1.x.

influxdb_find() { influxdb_binary=$(find_peer influxd) || fetch_peer influxdb && influxdb_binary=$(find_peer influxd); }
influxdb_version() { "$influxdb_binary" version; }
influxdb_policy() { echo "each write is acknowledged after the log of its shard is synced (wal-fsync-delay 0s)"; }
influxdb_formats() { echo "line-protocol"; }

influxdb_start() {
    mkdir -p "$data"
    cat >"$data.conf" <<CONF
reporting-disabled = true
bind-address = "127.0.0.1:$((port + 1))"
[meta]
  dir = "$data/meta"
[data]
  dir = "$data/data"
  wal-dir = "$data/wal"
  index-version = "tsi1"
  max-series-per-database = 0
  cache-max-memory-size = "4g"
[http]
  bind-address = "127.0.0.1:$port"
  log-enabled = false
  max-body-size = 0
[monitor]
  store-enabled = false
CONF
    exec "$influxdb_binary" -config "$data.conf"
}

influxdb_write_url() { echo "$url/write?db=bench&precision=ns"; }

influxdb_is_ready() {
    curl -sf -o /dev/null "$url/ping" && curl -sf -o /dev/null -X POST "$url/query" --data-urlencode 'q=CREATE DATABASE bench'
}

influxdb_settle() { settle_disk; }

# count(*) answers one count for each field.
influxdb_count() {
    curl -sf -m 900 -G "$url/query" --data-urlencode db=bench --data-urlencode 'q=SELECT count(*) FROM cpu' |
        sed -n 's/.*"values":\[\[\([^]]*\)\]\].*/\1/p' | awk -F, '{ for (i = 2; i <= NF; i++) n += $i } END { printf "%d", n }'
}

influxdb_query() { echo -; }
influxdb_syncs() { echo -; }
