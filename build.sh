#!/usr/bin/env bash
# Builds the r3x command into artifacts/r3x and every effect into plugins/<id>, compiled ahead of time for this machine.
#   ./build.sh linux-arm64    for another machine: a folder artifacts/linux-arm64 to copy there, which needs the .NET runtime 10
#   ./build.sh packages       the packages for authors of effects and of programs, into artifacts/packages, a folder that NuGet takes as a source
#   ./build.sh packs          the effects under packs/, which are no part of the product, into artifacts/packs/<id>
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

build_for() {
  local target=$PWD/artifacts/$1
  rm -rf "$target"
  mkdir -p "$target"
  # Intermediate files of its own: a build for one machine tidies away what the other's put into plugins/.
  dotnet publish host/R3X.FxHost.Server -c Release -v quiet --nologo -r "$1" --self-contained false \
    -p:ArtifactsPath="$PWD/artifacts/build-$1/" \
    -p:AheadOfTime=true -p:ReadyToRunPlugins=true -p:ReadyToRunRuntime="$1" -p:PluginsFolder="$target/plugins/" -o "$target/r3x"
  dotnet publish host/R3X.FxHost.Cli -c Release -v quiet --nologo -r "$1" --self-contained false -p:ArtifactsPath="$PWD/artifacts/build-$1/" \
    -p:AheadOfTime=true -p:ReadyToRunPlugins=true -p:ReadyToRunRuntime="$1" -p:PluginsFolder="$target/plugins/" -o "$target/r3x"
  cp -R presets "$target/presets"
  echo "Copy artifacts/$1 to the machine and run r3x there, which is in r3x/. It needs the .NET runtime 10 (https://dot.net/download)."
}

pack() {
  local project
  for project in host/R3X.FxHost.Sdk host/R3X.FxHost.Conformance host/R3X.FxHost templates; do
    dotnet pack "$project" -c Release -v quiet --nologo -o artifacts/packages
  done
  echo "The packages are in artifacts/packages. What to do with them says docs/writing-effects.md."
}

case ${1:-} in
  "") ;;
  packages) pack; exit ;;
  packs)
    rm -rf artifacts/packs
    for project in packs/*/*/*.csproj; do dotnet build "$project" -c Release -v quiet --nologo; done
    exit ;;
  -*)
    echo "build.sh: \"$1\" is not an option. Name another machine, such as linux-arm64, or packages, or packs, or nothing for this one." >&2
    exit 2
    ;;
  *) build_for "$1"; exit ;;
esac

mkdir -p artifacts
# What is changed while this runs is newer than the build.
touch artifacts/.build-begun
# This machine's widest registers: kernels for them would be compiled at every start, which takes longer than a short line.
registers=256
if grep -qw avx512vl /proc/cpuinfo 2>/dev/null; then registers=512; fi
# Into folders of their own: a removed effect must not linger, and what does not compile must not cost the build that is there.
rm -rf artifacts/plugins.new artifacts/r3x.new artifacts/effects/release
# The server stands beside the command, whose library, compiled for quick starts, both use.
dotnet publish host/R3X.FxHost.Server -c Release -v quiet --nologo -p:AheadOfTime=true -p:ReadyToRunPlugins=true \
  -p:ReadyToRunRegisters=$registers -p:PluginsFolder="$PWD/artifacts/plugins.new/" -o artifacts/r3x.new
dotnet publish host/R3X.FxHost.Cli -c Release -v quiet --nologo -p:AheadOfTime=true -p:ReadyToRunPlugins=true -p:ReadyToRunRegisters=$registers \
  -p:PluginsFolder="$PWD/artifacts/plugins.new/" -o artifacts/r3x.new
mv artifacts/.build-begun artifacts/r3x.new/.built
# Swapped in whole: a command that is running keeps its files.
rm -rf artifacts/plugins.old artifacts/r3x.old
[ ! -e plugins ] || mv plugins artifacts/plugins.old
mv artifacts/plugins.new plugins
[ ! -e artifacts/r3x ] || mv artifacts/r3x artifacts/r3x.old
mv artifacts/r3x.new artifacts/r3x
rm -rf artifacts/plugins.old artifacts/r3x.old
