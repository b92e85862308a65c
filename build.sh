#!/usr/bin/env bash
# Builds the r3x command into artifacts/r3x and every effect into plugins/<id>, compiled ahead of time for this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

mkdir -p artifacts
# What is changed while this runs is newer than the build.
touch artifacts/.build-begun
# A removed effect must not linger.
rm -rf plugins artifacts/r3x.new
dotnet publish host/R3X.FxHost.Cli -c Release -v quiet --nologo -p:ReadyToRunPlugins=true -o artifacts/r3x.new
mv artifacts/.build-begun artifacts/r3x.new/.built
# Swapped in whole: a command that is running keeps its files.
rm -rf artifacts/r3x
mv artifacts/r3x.new artifacts/r3x
