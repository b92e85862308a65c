#!/usr/bin/env bash
# Builds the r3x command into artifacts/r3x and every effect into plugins/<id>, compiled ahead of time for this machine.
#   ./build.sh --release      archives that need nothing installed, into artifacts/release: for every machine, or for those named behind it
#                             (--release --jit: not compiled ahead of time, which is built sooner and starts later)
#   ./build.sh packages       the packages (library, Sdk, Conformance, templates, the tool r3x), into artifacts/packages, a source for NuGet
#   ./build.sh packs          the effects under packs/, which are no part of the product, into artifacts/packs/<id>
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Programs carry no XML documentation: packages do. The analyzers have their say in every other build.
program=(-p:Reproducible=true -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false -p:RunAnalyzers=false)

# The pages' list of files says when each was changed, which every checkout knows differently; the time is that of files in a package.
fix_times() {
  local list=$1/r3x-serve.staticwebassets.endpoints.json
  sed -E 's/("Last-Modified","Value":")[^"]*/\1Thu, 01 Jan 2026 00:00:00 GMT/g' "$list" >"$list.new"
  mv "$list.new" "$list"
}

# One folder after the other becomes an archive: the command, the server beside it, the .NET runtime, effects and presets.
release() {
  local known="linux-x64 linux-arm64 linux-musl-x64 win-x64 osx-arm64 osx-x64"
  local version machine folder number=0
  local out=$PWD/artifacts/release
  # Intermediate files of its own, which what runs in this checkout does not share.
  local build=$PWD/artifacts/build-release/
  local jit=0 compiled
  if [ "${1:-}" = --jit ]; then jit=1; shift; fi
  # shellcheck disable=SC2086
  [ $# -gt 0 ] || set -- $known
  for machine in "$@"; do
    case " $known " in *" $machine "*) ;; *)
      echo "build.sh: there are no archives for \"$machine\". There are: $known" >&2
      exit 2
      ;;
    esac
  done
  version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
  dotnet tool restore >/dev/null
  dotnet publish release -c Release -v quiet --nologo -p:ArtifactsPath="$build" -o "${build}make-archive"
  for machine in "$@"; do
    number=$((number + 1))
    echo "[$number/$#] $machine ..."
    folder=$out/r3x-$version-$machine
    rm -rf "$folder"
    compiled=(-p:AheadOfTime=true -p:ReadyToRunPlugins=true -p:ReadyToRunRuntime="$machine")
    [ "$jit" = 0 ] || compiled=(-p:PublishReadyToRun=false)
    dotnet publish host/R3X.FxHost.Server -c Release -v quiet --nologo -r "$machine" --self-contained true -p:WithCommand=true \
      -p:ArtifactsPath="$build" "${compiled[@]}" -p:PluginsFolder="${build}plugins/" "${program[@]}" -o "$folder"
    # Of a program that is published with another, the SDK leaves this one behind.
    cp "${build}bin/R3X.FxHost.Cli/release_$machine/r3x.deps.json" "$folder/"
    fix_times "$folder"
    cp LICENSE release/README.md "$folder/"
    case $machine in linux-*) cp deploy/r3x.service "$folder/" ;; esac
    dotnet tool run dotnet-CycloneDX host/R3X.FxHost.Server/R3X.FxHost.Server.csproj --disable-package-restore --recursive \
      --base-intermediate-output-path "$build" --no-serial-number --output-format Json -o "$build" -fn bom.json >"${build}bom.log" 2>&1 ||
      { cat "${build}bom.log" >&2; exit 1; }
    dotnet "${build}make-archive/make-archive.dll" "$folder" "${build}bom.json"
    rm -rf "$folder"
  done
  echo "The archives are in artifacts/release, with SHA256SUMS. docs/installing.md says what is in them."
}

pack() {
  local project
  local out=$PWD/artifacts/packages
  local build=$PWD/artifacts/build-packages/
  local tool=${build}tool
  local common=(-c Release -v quiet --nologo -p:ArtifactsPath="$build" -p:Reproducible=true)
  # What every machine with .NET 10 runs.
  local portable=(-p:UseCurrentRuntimeIdentifier=false -p:PublishReadyToRun=false -p:UseAppHost=false -p:PluginsFolder="${build}plugins/")
  for project in host/R3X.FxHost.Sdk host/R3X.FxHost.Conformance host/R3X.FxHost templates; do
    echo "$(basename "$project") ..."
    dotnet pack "$project" "${common[@]}" -o "$out"
  done
  echo "R3X.FxHost.Tool ..."
  rm -rf "$tool"
  dotnet publish host/R3X.FxHost.Server "${common[@]}" "${portable[@]}" "${program[@]}" -p:WithCommand=true -o "$tool"
  fix_times "$tool"
  dotnet pack host/R3X.FxHost.Cli "${common[@]}" "${portable[@]}" "${program[@]}" -p:PublishDir="$tool/" -o "$out"
  echo "The packages are in artifacts/packages. What to do with them says docs/installing.md."
}

case ${1:-} in
  "") ;;
  packages) pack; exit ;;
  --release) shift; release "$@"; exit ;;
  packs)
    rm -rf artifacts/packs
    for project in packs/*/*/*.csproj; do dotnet build "$project" -c Release -v quiet --nologo; done
    exit ;;
  *)
    echo "build.sh: there is no \"$1\". Say --release (and a machine, such as linux-arm64), packages, packs, or nothing to build for this machine." >&2
    exit 2
    ;;
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
