#!/usr/bin/env bash
# Runs `spacegov validate` from settings in the environment; the GitHub action and other CI systems share it.
#   PATHS, SHAPES   one path a line            FAIL_ON       violation (default), warning, info, never
#   ONLY_PACKS      true: not our rules        BASELINE      file of known findings
#   CHANGED_ONLY    revision to compare with   SARIF, JUNIT  files to write
set -euo pipefail

arguments=(--fail-on "${FAIL_ON:-violation}")
lines() { while IFS= read -r line || [ -n "$line" ]; do [ -z "$line" ] || printf '%s\0' "$line"; done <<<"$1"; }
while IFS= read -r -d '' pack; do arguments+=(--shapes "$pack"); done < <(lines "${SHAPES:-}")
[ "${ONLY_PACKS:-false}" != true ] || arguments+=(--only-packs)
[ -z "${BASELINE:-}" ] || arguments+=(--baseline "$BASELINE")
[ -z "${CHANGED_ONLY:-}" ] || arguments+=(--changed-only "$CHANGED_ONLY")
[ -z "${SARIF:-}" ] || arguments+=(--format "sarif=$SARIF")
[ -z "${JUNIT:-}" ] || arguments+=(--format "junit=$JUNIT")
if [ "${GITHUB_ACTIONS:-}" = true ]; then arguments+=(--format github); else arguments+=(--format human); fi
paths=()
while IFS= read -r -d '' path; do paths+=("$path"); done < <(lines "${PATHS:-.}")
exec "${SPACEGOV:-spacegov}" validate "${arguments[@]}" -- "${paths[@]}"
