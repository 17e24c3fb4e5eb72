"""Validation: what is wrong with a graph, where, why it matters, and how to mend it.

`check` is for graphs in memory (the build uses it); `validate_paths` is for files, with places.
"""

from __future__ import annotations

from spacegov.validate.findings import Finding, Severity, at_or_above, counts, sort_findings
from spacegov.validate.run import check

__all__ = ["Finding", "Severity", "at_or_above", "check", "counts", "sort_findings"]
