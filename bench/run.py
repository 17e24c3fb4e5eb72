"""Figures of the documentation that need no texts of others, printed again: `make bench`.

python bench/run.py            all benchmarks, each in a process of its own
python bench/run.py reason     only these
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = ("build", "reason", "questions", "validate", "holders", "judged")
"""Scripts of this folder in the order in which they run; one that is not there is passed over."""


def main(chosen: list[str]) -> int:
    failed = []
    for name in chosen or BENCHMARKS:
        script = HERE / f"{name}.py"
        if not script.is_file():
            if chosen:
                failed.append(name)
                print(f"no benchmark {name}: {', '.join(BENCHMARKS)}", file=sys.stderr)
            continue
        print(f"\n=== {name}", flush=True)
        start = time.perf_counter()
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(name)
        print(f"({time.perf_counter() - start:.0f} s)", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
