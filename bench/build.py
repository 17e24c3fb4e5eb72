"""How long a build of the shipped texts takes, step by step, and how many words a second are extracted.

python bench/build.py [TEXTS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from spacegov import resources
from spacegov.build import Settings, build


def main(texts: list[Path]) -> None:
    places = texts or [resources.folder("data") / "corpus"]
    with tempfile.TemporaryDirectory() as folder:
        report = build(places, Path(folder) / "build", settings=Settings(cache=None), jobs=1)
    print(
        f"{len(report.documents)} documents, {report.words:,} words, {len(report.stances)} stances, "
        f"{report.asserted:,} asserted and {report.inferred:,} inferred triples, one process"
    )
    for step, seconds in report.seconds.items():
        print(f"  {step:12}{seconds:8.2f} s")
    print(f"  {'all':12}{sum(report.seconds.values()):8.2f} s")
    print(f"extraction: {report.words / report.seconds['extract']:,.0f} words a second, start of the model included")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
