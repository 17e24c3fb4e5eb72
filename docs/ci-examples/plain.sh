#!/usr/bin/env bash
# Any other CI: install once, then one command. Exit code 0 passes, 1 found something, 2 and 3 could not run.
set -euo pipefail
python3 -m venv .spacegov
.spacegov/bin/pip install --quiet ./spacegov
.spacegov/bin/spacegov validate data --shapes my-shapes --format human --format junit=validate.xml
