#!/usr/bin/env bash
# Scans what the services and their images consist of for known vulnerabilities, as docs/guides/security.md#dependencies-and-images asks.
#
#   docker/scan.sh                                       the SBOMs of all services, as ./holdfast build left them
#   docker/scan.sh holdfast/trainer-service:1.0 …        images, base included
#   docker/scan.sh --tool trivy --check                  only the list of exceptions
#
# Needs grype or trivy and its database, which it fetches by itself; where there is no network, bring one and set GRYPE_DB_AUTO_UPDATE=false
# or TRIVY_SKIP_DB_UPDATE=true and TRIVY_SKIP_JAVA_DB_UPDATE=true. Exit code: 0 nothing, 1 a finding or an exception that ended, 2 not
# scanned.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
exceptions=docs/security-exceptions.md longest_days=90

die() { printf '%s\n' "$*" >&2; exit 2; }

tool="" check="" images=()
while (($#)); do
  case "$1" in
    --tool) [[ $# -ge 2 ]] || die "--tool needs a value."; tool="$2"; shift 2 ;;
    --check) check=yes; shift ;;
    -*) die "There is no option $1; the file's head has them." ;;
    *) images+=("$1"); shift ;;
  esac
done

[[ -r "$exceptions" ]] || die "$exceptions is missing."

# Identifier and last day of each exception.
listed() { awk -F' *[|] *' '/^\|/ && !/^\|-/ && $2 != "finding" {print $2, $6}' "$exceptions"; }

accepted=() ended=0
today="$(date -u +%F)" furthest="$(date -u -d "+$longest_days days" +%F)"
while read -r finding until; do
  if [[ ! "$finding" =~ ^(CVE|GHSA)-[0-9A-Za-z-]+$ || ! "$until" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
    die "$exceptions: \"$finding … $until\" is no identifier with a date such as 2026-12-31."
  elif [[ "$until" < "$today" || "$until" > "$furthest" ]]; then
    printf '%s: %s holds until %s, which is over or more than %s days away.\n' "$exceptions" "$finding" "$until" "$longest_days" >&2
    ended=1
  else
    accepted+=("$finding")
  fi
done < <(listed)
((ended == 0)) || exit 1
printf '· %s exceptions\n' "${#accepted[@]}"
[[ -z "$check" ]] || exit 0

if [[ -z "$tool" ]]; then
  for candidate in grype trivy; do
    if command -v "$candidate" >/dev/null; then tool="$candidate"; break; fi
  done
  [[ -n "$tool" ]] || die "There is neither grype nor trivy here, so nothing was scanned. Install one of them."
fi
[[ "$tool" == grype || "$tool" == trivy ]] || die "--tool takes grype or trivy, not $tool."
command -v "$tool" >/dev/null || die "There is no $tool here, so nothing was scanned."

rules="$(mktemp -d)"
trap 'rm -rf "$rules"' EXIT
printf '%s\n' "${accepted[@]}" >"$rules/trivyignore"
{
  printf 'ignore:\n'
  printf '  - vulnerability: %s\n' "${accepted[@]:-none}"
} >"$rules/grype.yaml"

# Every finding that is high or critical counts: without a fix it needs an exception. Each scanner is made to say a finding by a code of its
# own (Grype from 0.92), so that one that could not scan, as without a database, is never taken for a clean one or for a finding.
scan() { # sbom or image, its name
  local status=0
  printf '· %s with %s\n' "$2" "$tool"
  case "$tool:$1" in
    grype:sbom) grype "sbom:$2" --config "$rules/grype.yaml" --fail-on high || status=$? ;;
    grype:image) grype "$2" --config "$rules/grype.yaml" --fail-on high || status=$? ;;
    trivy:sbom) trivy sbom --severity HIGH,CRITICAL --exit-code 2 --ignorefile "$rules/trivyignore" "$2" || status=$? ;;
    trivy:image) trivy image --scanners vuln --severity HIGH,CRITICAL --exit-code 2 --ignorefile "$rules/trivyignore" "$2" || status=$? ;;
  esac
  case "$status" in
    0) ;;
    2) found=1 ;;
    *) die "$tool ended with code $status, so $2 was not scanned." ;;
  esac
}

found=0
if ((${#images[@]})); then
  for image in "${images[@]}"; do scan image "$image"; done
else
  for service in data-service trainer-service eval-service frontier-service; do
    sbom="$service/target/quarkus-run-cyclonedx.json"
    [[ -r "$sbom" ]] || die "$sbom is missing, so nothing was scanned: ./holdfast build writes it."
    scan sbom "$sbom"
  done
fi
exit "$found"
