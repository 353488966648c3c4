#!/bin/bash
# get.sh [DEST]: puts a real kube-apiserver (1.20.2), kube-controller-manager and etcd (3.4) into DEST/bin, built from
# Debian bookworm's own packages: the source package `kubernetes`, compiled with its golang-1.19. Nothing is installed
# on the machine; packages come through apt with its signatures checked. About 2.5 minutes on 2 cores, 2.3 GB while building.
# DEST is ${XDG_CACHE_HOME:-~/.cache}/multicluster/control-plane by default. Prints DEST/bin, and nothing else, on standard output.
# What is there is not built again; a build that broke goes on where it can; two at once wait for each other.
# Needs apt on Debian bookworm, dpkg-dev. BINS="kube-apiserver" leaves the controller manager out.
set -euo pipefail
dest=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/multicluster/control-plane}; mkdir -p "$dest/bin"; dest=$(readlink -f "$dest")
read -ra bins <<< "${BINS:-kube-apiserver kube-controller-manager}"
exec 3>&1 >&2
say() { echo "get.sh: $*"; }
die() { say "$*"; exit 1; }
missing() { for b in "$@"; do [ -x "$dest/bin/$b" ] || echo "$b"; done; }
finish() { echo "$dest/bin" >&3; exit 0; }

[ -n "$(missing "${bins[@]}" etcd)" ] || finish
command -v apt-get > /dev/null || die "apt-get is missing: the control plane is built from Debian bookworm's packages."
command -v dpkg-source > /dev/null || die "dpkg-source is missing: run apt-get install dpkg-dev."
exec 9> "$dest/lock"; flock -n 9 || { say "another build is under way in $dest; waiting for it"; flock 9; }
[ -n "$(missing "${bins[@]}" etcd)" ] || finish

w=$dest/build; mkdir -p "$w"/apt/{sources,lists/partial,cache/archives/partial,state} "$w"/{bin,debs,root,gopath/src/k8s.io}
if [ -f /etc/apt/sources.list.d/debian.sources ]; then
  sed 's/^Types: .*/Types: deb deb-src/' /etc/apt/sources.list.d/debian.sources > "$w/apt/sources/debian.sources"
else
  sed -n 's/^deb \(.*\)/deb \1\ndeb-src \1/p' /etc/apt/sources.list > "$w/apt/sources/debian.list"
fi
cat > "$w/apt/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$w/apt/sources";
Dir::State "$w/apt/state";
Dir::State::lists "$w/apt/lists";
Dir::State::status "/dev/null";
Dir::Cache "$w/apt/cache";
APT::Sandbox::User "root";
CONF
export APT_CONFIG=$w/apt/apt.conf
say "downloading packages"; apt-get -qq update
cd "$w/debs"
packages="golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev etcd-server etcd-client"
# shellcheck disable=SC2086 # a list
if ! apt-get -qq download $packages || ! apt-get -qq source --download-only kubernetes; then
  die "apt does not give the packages of Debian bookworm (it says why above)."
fi
for f in *.deb; do dpkg -x "$f" "$w/root"; done
k=$w/gopath/src/k8s.io/kubernetes; rm -rf "$k"; dpkg-source --no-check -x "$w"/debs/kubernetes_*.dsc "$k" > /dev/null
# The vendored reflect2 1.0.1 breaks with Go 1.18 and later (the server dies on a custom resource's first write); Debian's 1.0.2 does not.
rm -rf "$k/vendor/github.com/modern-go/reflect2"; cp -rL "$w/root/usr/share/gocode/src/github.com/modern-go/reflect2" "$k/vendor/github.com/modern-go/"

export GOROOT=$w/root/usr/lib/go-1.19 GOPATH=$w/gopath GOCACHE=$w/gocache GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 HOME=$w; export PATH=$GOROOT/bin:$PATH
cd "$k"; mkdir -p _output/bin
say "generating openapi definitions"; go build -o _output/bin/openapi-gen ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
dirs=$(grep -rl --include='*.go' '^// *+k8s:openapi-gen=' pkg cmd plugin staging/src/k8s.io vendor/k8s.io | grep -v -e code-generator -e sample-apiserver -e /testdata/ \
  | xargs -n1 dirname | sed 's#^staging/src/#vendor/#' | LC_ALL=C sort -u | sed 's#^#k8s.io/kubernetes/#' | paste -sd,)
_output/bin/openapi-gen --logtostderr -i "$dirs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r _output/violations.report
v=''; for p in k8s.io/component-base/version k8s.io/kubernetes/vendor/k8s.io/component-base/version k8s.io/client-go/pkg/version k8s.io/kubernetes/vendor/k8s.io/client-go/pkg/version; do
  v="$v -X $p.gitVersion=v1.20.2 -X $p.gitMajor=1 -X $p.gitMinor=20"; done
# A binary moves to its place when it is whole: what lies there can be trusted, whenever a build was stopped.
for b in $(missing "${bins[@]}"); do say "building $b"; go build -ldflags "-s -w $v" -o "$w/bin/$b" "./cmd/$b"; mv "$w/bin/$b" "$dest/bin/$b"; done
cp "$w"/root/usr/bin/etcd* "$w/bin/"; mv "$w"/bin/etcd* "$dest/bin/"
"$dest/bin/kube-apiserver" --version; chmod -R u+w "$w"; rm -rf "$w"; finish
