#!/usr/bin/env bash
# Builds everything and runs every test; needs the .NET SDK and nothing else. Ends with one line that counts them all.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0

run() {
    echo "== $*"
    "$@" 2>&1 | tee -a "$log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
}

run dotnet build TsdbServer.sln --configuration Release
run dotnet test TsdbServer.sln --configuration Release --no-build

# Every vectorised path has a scalar one with the same results.
for project in Encoding Ingest Storage Query; do
    run env DOTNET_EnableHWIntrinsic=0 dotnet test "tests/Tsdb.$project.Tests" --configuration Release --no-build
done

awk -v status="$status" '
    match($0, /Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/) {
        split(substr($0, RSTART, RLENGTH), n, /[^0-9]+/); failed += n[2]; passed += n[3]; skipped += n[4]
    }
    END {
        if (status != 0 && failed == 0) failed = 1 # the build or a test host failed without counting a test
        printf "%d passed, %d failed", passed, failed
        if (skipped > 0) printf ", %d skipped", skipped
        printf "\n"
    }' "$log"
exit "$status"
