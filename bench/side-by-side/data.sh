# Makes the data of each scenario once, in $work/data; a file's name says everything it depends on.

# Lines of hosts $1 and points $2, from $3 on, to the standard output.
generate() { dotnet "$work/tool/tsdb.dll" generate --set cpu-only --hosts "$1" --points "$2" --start "$3" --out - 2>/dev/null; }

# Prepares file $1 from the standard input unless it is there; further arguments go to loadgen.
prepare() {
    local file=$1
    shift
    loadgen prepare --lines - --out "$file.part" "$@" >&2 && mv "$file.part" "$file"
}

# Gives each $1 lines names of hosts of their own: series come and go in turn.
churn() { awk -v per="$1" '{ sub(/hostname=host_/, "hostname=host_" int((NR - 1) / per) "_"); print }'; }

# Sets body_file, data_end and data_range for a scenario and format; times in Unix seconds.
make_data() {
    local format=$1 per_request=$lines hosts=$hosts points=$points start late=0
    case $scenario in
        small) hosts=100 points=1 per_request=100 ;;
        series) hosts=$series_hosts points=3 ;;
        churn) hosts=$churn_hosts points=$((churn_turns * 3)) ;;
        remote-write) per_request=200 points=$remote_points ;;
        late) late=0.1 ;;
    esac
    start=1451606400
    # Prometheus takes only what is near now; the bodies are made again when those there are older than half an hour.
    if [[ $format == remote-write ]]; then start=$(($(date +%s) / 1800 * 1800 - 1800)); fi
    data_end=$((start + points * 10))
    data_range=$((points * 10 + 60))
    body_file=$work/data/$scenario-$format-$hosts-$points-$per_request-$start
    [[ -f $body_file ]] && return
    say "making $body_file"
    mkdir -p "$work/data"
    generate "$hosts" "$points" "$start" |
        if [[ $scenario == churn ]]; then churn $((hosts * 3)); else cat; fi |
        prepare "$body_file" --format "$format" --lines-per-request "$per_request" --late-fraction "$late"
}
