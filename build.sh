#!/usr/bin/env bash
# Builds the r3x command into artifacts/r3x and every effect into plugins/<id>, compiled ahead of time for this machine.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"

# A removed effect must not linger.
rm -rf plugins
for effect in effects/*/*.csproj; do
  dotnet build "$effect" -c Release -v quiet --nologo -p:ReadyToRunPlugins=true
done
dotnet publish host/R3X.FxHost.Cli -c Release -v quiet --nologo --use-current-runtime --self-contained false -o artifacts/r3x
touch artifacts/r3x/.built
