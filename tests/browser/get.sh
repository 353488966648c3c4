#!/bin/bash
# get.sh [DEST]: puts a headless Chromium into DEST, from Debian's own packages, for the tests that open a report in a browser. Nothing is
# installed on the machine; packages come through apt with its signatures checked. About a minute and 500 MB.
# DEST is ${XDG_CACHE_HOME:-~/.cache}/multicluster/browser by default. Prints the program, and nothing else, on standard output.
# What is there is not fetched again; two at once wait for each other. Needs apt and dpkg on Debian bookworm.
set -euo pipefail
dest=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/multicluster/browser}; mkdir -p "$dest"; dest=$(readlink -f "$dest")
exec 3>&1 >&2
say() { echo "get.sh: $*"; }
die() { say "$*"; exit 1; }
finish() { echo "$dest/chromium" >&3; exit 0; }

[ ! -x "$dest/chromium" ] || finish
command -v apt-get > /dev/null || die "apt-get is missing: the browser is one of Debian's packages."
exec 9> "$dest/lock"; flock -n 9 || { say "another download is under way in $dest; waiting for it"; flock 9; }
[ ! -x "$dest/chromium" ] || finish

w=$dest/work; rm -rf "$w" "$dest/root"; mkdir -p "$w"/apt/{lists/partial,cache/archives/partial,state} "$dest/root"
: > "$w/apt/status"
cat > "$w/apt/apt.conf" <<CONF
Dir::State "$w/apt/state";
Dir::State::lists "$w/apt/lists";
Dir::State::status "$w/apt/status";
Dir::Cache "$w/apt/cache";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
CONF
export APT_CONFIG=$w/apt/apt.conf
say "downloading packages"; apt-get -qq update
# All that it needs, as if nothing were installed; the C library stays the machine's own.
apt-get -qq install --download-only --yes chromium-headless-shell fonts-dejavu-core || die "apt does not give Debian's chromium-headless-shell (it says why above)."
for f in "$w"/apt/cache/archives/*.deb; do
  case ${f##*/} in libc6_*|libc-bin_*|dpkg_*|perl*|coreutils_*|bash_*|libgcc-s1_*) continue ;; esac
  dpkg -x "$f" "$dest/root"
done
rm -rf "$w"
cat > "$dest/chromium.part" <<RUN
#!/bin/bash
export LD_LIBRARY_PATH="$dest/root/usr/lib/$(uname -m)-linux-gnu:$dest/root/lib/$(uname -m)-linux-gnu:$dest/root/usr/lib/$(uname -m)-linux-gnu/pulseaudio:$dest/root/usr/lib/chromium" FONTCONFIG_SYSROOT="$dest/root"
exec "$dest/root/usr/lib/chromium/chromium-headless-shell" --no-sandbox --disable-gpu --disable-dev-shm-usage "\$@"
RUN
chmod +x "$dest/chromium.part"; mv "$dest/chromium.part" "$dest/chromium"
finish
