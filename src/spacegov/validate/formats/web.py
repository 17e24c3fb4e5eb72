"""One HTML page that needs nothing else: no script, no font, no picture from outside."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Final

from spacegov.validate.findings import SEVERITIES, Finding, counts
from spacegov.validate.formats.human import place, source_line, summary
from spacegov.validate.report import Report
from spacegov.validate.wording import compact

_STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;
  color:#1c1c1c;background:#fff}
h2{font-size:1.1rem;margin-top:2rem;overflow-wrap:anywhere}
article{border-left:.4rem solid #777;padding:.2rem 1rem;margin:1rem 0}
.violation{border-color:#a4001d}.warning{border-color:#8a5a00}.info{border-color:#00558c}
pre{background:#f4f4f4;padding:.5rem;overflow-x:auto}
dt{font-weight:600}dd{margin:0 0 .3rem 1rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#262626}}
"""


def as_html(report: Report) -> str:
    """The findings, file by file."""
    number = counts(report.all_findings)
    total = ", ".join(f"{number[level]} {level}" for level in SEVERITIES)
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>Validation: {escape(total)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>Validation</h1><p>{escape(summary(report))}</p>",
    ]
    for file, findings in groupby(report.findings, key=lambda finding: finding.file or "the graph as a whole"):
        parts.append(f"<section><h2>{escape(file)}</h2>")
        parts += [_article(finding) for finding in findings]
        parts.append("</section>")
    parts.append("</main></body></html>")
    return "\n".join(parts) + "\n"


def _article(finding: Finding) -> str:
    line = source_line(finding.file, finding.line) if finding.file and finding.line else None
    shown = f"<pre><code>{escape(line.strip())}</code></pre>" if line else ""
    details = (
        ("about", f"{compact(finding.focus)} ({finding.focus_label})" if finding.focus else ""),
        ("path", compact(finding.path) if finding.path else ""),
        ("found", compact(finding.value) if finding.value is not None else ""),
        ("needed", finding.needed),
        ("why", finding.why),
        ("fix", finding.fix),
    )
    listed = "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in details if words)
    where, said = escape(place(finding)), escape(finding.message)
    head = f"{where}: {finding.severity} <b>{escape(finding.rule)}</b>: {said}"
    return f'<article class="{finding.severity}"><p>{head}</p>{shown}<dl>{listed}</dl></article>'
