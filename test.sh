#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs every test. The last line says how many passed.
#   ./test.sh           all tests but those that take minutes each
#   ./test.sh --long    those, too; archives for all machines are built among them, twice
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"

long=0
for argument in "$@"; do
  case $argument in
    --long) long=1 ;;
    -h | --help) sed -n '2,4p' "$0" | sed 's/^# \{0,1\}//'; exit 0 ;;
    *) echo "test.sh: \"$argument\" is not an option. There is: --long" >&2; exit 2 ;;
  esac
done

# The SDK leaves folders in the temporary folder, and servers that are found there: it gets one that goes with this run.
TMPDIR=$(mktemp -d)
# One test looks at it as another user.
chmod 755 "$TMPDIR"
export TMPDIR
trap 'dotnet build-server shutdown >/dev/null 2>&1 || true; rm -rf "$TMPDIR"' EXIT

install_tools() {
  local missing=""
  local pair
  for pair in ffmpeg:ffmpeg sox:sox pulseaudio:pulseaudio pactl:pulseaudio-utils espeak-ng:espeak-ng flite:flite \
    wine:wine64 wine:wine script:bsdutils node:nodejs npm:npm python3:python3 mpv:mpv aplay:alsa-utils chromium:chromium \
    nats-server:nats-server nginx:nginx haproxy:haproxy faust:faust g++:g++ qemu-aarch64:qemu-user debootstrap:debootstrap \
    systemd-analyze:systemd; do
    command -v "${pair%%:*}" >/dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair##*:}"
  done
  local known
  known=$(ldconfig -p)
  for pair in libmpg123.so.0:libmpg123-0 libpulse.so.0:libpulse0 libportaudio.so.2:libportaudio2; do
    case $known in *"${pair%%:*}"*) ;; *) missing="$missing ${pair##*:}" ;; esac
  done
  [ -e /usr/share/alsa/alsa.conf.d/pulse.conf ] || missing="$missing libasound2-plugins"
  [ -e /usr/lib/python3/dist-packages/numpy ] || missing="$missing python3-numpy"
  [ -e /usr/aarch64-linux-gnu/lib/libstdc++.so.6 ] || missing="$missing libstdc++6-arm64-cross"
  [ -e /lib/ld-musl-x86_64.so.1 ] || missing="$missing musl"
  [ -n "$missing" ] || return 0
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  echo "Installing$missing"
  # shellcheck disable=SC2086
  $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
}

if command -v apt-get >/dev/null; then install_tools; fi
# The language server that editors run, and the speech services' own clients: fetched beside the build.
fetch_clients() {
  local packages
  for packages in tests/editor tests/clients; do
    [ "$packages/node_modules/.package-lock.json" -nt "$packages/package-lock.json" ] ||
      npm ci --prefix "$packages" --silent --no-audit --no-fund
  done
}
fetch_clients &
clients=$!
# One compiler for all projects, whatever the environment says: started anew for each, it takes a minute more. It ends with this script.
export UseSharedCompilation=true

./build.sh
# With the switches of build.sh, so that what it compiled is not compiled again.
dotnet build tests/R3X.FxHost.Tests -c Release -v quiet --nologo -p:AheadOfTime=true -p:ReadyToRunPlugins=true
wait "$clients"

report=artifacts/test-report.txt
status=0
# Many tests wait for processes: five at once keep two cores busy.
arguments=(-noColor -maxThreads 5)
# A test that waits for ever must not hold up the machine that runs it.
limit=14400
[ "$long" = 1 ] || { arguments+=(-trait- "Length=Long"); limit=2400; }
timeout --foreground --kill-after=20 "$limit" artifacts/bin/R3X.FxHost.Tests/release/R3X.FxHost.Tests "${arguments[@]}" | tee "$report" || status=$?

summary=$(grep -E "Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+" "$report" | tail -n 1) || true
if [ -z "$summary" ]; then
  if [ "$status" = 124 ]; then
    echo "The tests were stopped: they had not ended after $((limit / 60)) minutes. Run them with -longRunning 60 behind the program in test.sh to see which one hangs." >&2
  else
    echo "The test program ended without a summary (exit code $status)." >&2
  fi
  exit 1
fi
number() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
failed=$(($(number Failed) + $(number Errors)))
skipped=$(number Skipped)
passed=$(($(number Total) - $(number Failed) - skipped))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ]
