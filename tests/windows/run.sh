#!/bin/bash
# run.sh [--results-directory FOLDER]: the tests on Windows, as far as Debian's wine is Windows: engine and cmdlets, published for win-x64,
# and the cmdlets in front of a real API server. Exit code 0 when none fails. Needs apt, and KUBEBUILDER_ASSETS or what get.sh has built.
# What wine cannot do is in skipped.txt, each with its reason. Whatever hangs is ended, and fails.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) results='' limit=${LIMIT:-1500}
while [ $# -gt 0 ]; do
  case $1 in --results-directory) results=$2; shift ;; esac
  shift
done
work=$(mktemp -d) child='' code=0
results=${results:-$work}/windows; mkdir -p "$results"
export WINEPREFIX=$work/prefix WINEDEBUG=-all WINEDLLOVERRIDES=mshtml= DOTNET_EnableWriteXorExecute=0 DOTNET_STARTUP_HOOKS
# Threads that end while they are to be paused for the garbage collection end .NET under wine.
export DOTNET_ThreadPool_ThreadTimeoutMs=-1 DOTNET_gcConcurrent=0
export MULTICLUSTER_SANDBOX_TLS=off MULTICLUSTER_SKIPPED=$here/skipped.txt MULTICLUSTER_SERVERS=$work/servers TMPDIR=$work

clean_up() {
  [ -z "$child" ] || { kill -TERM "$child" 2> /dev/null; wait "$child" 2> /dev/null; }
  [ ! -d "$WINEPREFIX" ] || wineserver -k 2> /dev/null
  [ ! -d "$MULTICLUSTER_SERVERS" ] || "$here/../control-plane/down.sh" "$MULTICLUSTER_SERVERS"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
die() { echo "run.sh: $*"; exit 1; }
# In the background: a trap interrupts nothing that is in front.
wait_for() { "$@" & child=$!; wait "$child"; local ended=$?; child=''; return "$ended"; }

if ! command -v wine > /dev/null; then
  apt-get -qq update && apt-get -qq install -y --no-install-recommends wine wine64 || die "wine cannot be installed."
fi
wine --version 2> /dev/null

# Where it belongs: tests look for the repository's files from there.
publish() { # PROJECT
  wait_for dotnet publish "$here/../$1" -c Release -r win-x64 --self-contained -p:IsPublishable=true -p:ReadyToRun=false \
    -p:ModuleLayout="$work/MultiCluster/" -v quiet || die "$1 cannot be published for win-x64."
}
publish MultiCluster.Tests
publish MultiCluster.Module.Tests
# PowerShell's own modules are looked for beside its assemblies, which a self-contained program has in its own folder.
cmdlets=$here/../MultiCluster.Module.Tests/bin/Release/net10.0/win-x64/publish
cp -r "$cmdlets"/runtimes/win/lib/net*/Modules "$cmdlets/" || die "PowerShell's modules are not there."
wait_for dotnet build "$here/WineHook" -c Release -o "$work/hook" -v quiet || die "WineHook cannot be built."

wait_for timeout 120 wineboot -i && wait_for timeout 60 wine winecfg -v win10 || die "wine has no prefix."
DOTNET_STARTUP_HOOKS=$(winepath -w "$work/hook/WineHook.dll" 2> /dev/null)
KUBEBUILDER_ASSETS=${KUBEBUILDER_ASSETS:-$("$here/../control-plane/get.sh")} || die "there is no API server."
KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS "$here/../control-plane/up.sh" "$MULTICLUSTER_SERVERS" 1 "${PORT:-18440}" || die "the API server does not start."
unset KUBEBUILDER_ASSETS KUBECONFIG

# try PROJECT NAME FILTER...: runs tests; their results are in NAME.trx.
try() {
  local project=$1 name=$2; shift 2
  wait_for timeout -k 10 "$limit" wine "./$project.exe" "$@" -noColor -longRunning 60 -result-trx "$(winepath -w "$results/$name.trx" 2> /dev/null)" > "$work/$name.log" 2>&1
  local ended=$?
  [ $ended != 124 ] && [ $ended != 137 ] || echo "$project is not done after $limit s [FAIL]; the tests that ran on are named above" >> "$work/$name.log"
  return $ended
}
show() { grep -v '^wine: ' "$work/$2.log" | sed "s/\r\$//; s/^ *\(.*\) \[FAIL\]/$1 \1/"; } # WORD NAME: a log; what failed begins with the word

# What fails is run once more, alone, since wine 8 now and then loses that a socket is done; twice is a failure. All of it, where it did not
# end by itself. More than ten are none of wine's doing.
run() { # PROJECT FILTER...
  local project=$1 failed=() method; shift
  cd "$here/../$project/bin/Release/net10.0/win-x64/publish" || exit 1
  if try "$project" "$project" "$@"; then show failed "$project"; return; fi
  [ ! -e "$results/$project.trx" ] || mapfile -t failed < <(show failed "$project" | sed -n 's/^failed \(MultiCluster[^ (]*\).*/\1/p' | sort -u)
  if [ ${#failed[@]} -gt 10 ]; then show failed "$project"; code=1; return; fi
  show again "$project"
  if [ ${#failed[@]} -gt 0 ]; then
    set --
    for method in "${failed[@]}"; do set -- "$@" -method "$method"; done
  fi
  try "$project" "$project.again" "$@" || code=1
  show failed "$project.again"
}
run MultiCluster.Tests -trait- Category=ControlPlane
run MultiCluster.Module.Tests -namespace- MultiCluster.Module.Tests.Package

# A reason or a name that fits no test any more is taken off the list.
while IFS= read -r line; do
  name=${line#"${line%%[! ]*}"}; name=${name//./\\.}
  case $line in
    '' | '#'*) continue ;;
    ' '*) grep -qE "testName=\"MultiCluster\.(Module\.)?Tests\.${name//\*/[^(\"]*}[(\"]" "$results"/*.trx ;;
    *) grep -qF -- "$line" "$results"/*.trx ;;
  esac || { echo "failed skipped.txt: nothing is skipped because of: $line"; code=1; }
done < "$MULTICLUSTER_SKIPPED"
exit "$code"
