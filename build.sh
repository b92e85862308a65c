#!/usr/bin/env bash
# Builds the r3x command into artifacts/r3x and every effect into plugins/<id>, compiled ahead of time for this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# A removed effect must not linger.
rm -rf plugins
dotnet publish host/R3X.FxHost.Cli -c Release -v quiet --nologo -p:ReadyToRunPlugins=true -o artifacts/r3x
touch artifacts/r3x/.built
