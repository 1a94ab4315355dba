"""Run benchmarks: ``python -m benchmarks [NAME…]``, all of them without a name.

Each makes predictions on its dev split through the public interface, scores them with benchmarks/scorers and prints the
scorer's table. Those whose data is not there are named and left out.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module

from benchmarks.harness import DATA

NAMES = {
    "sample": None,
    "second": None,
    "third": None,
    "fourth": None,
    "seeds": None,
    "extraction": "extraction",
    "scrapes": "fold",
    "metadata": "metadata",
    "fold": "fold",
    "wire": "fold",
    "add": "fold",
    "million": "fold",
    "statements": "statements",
    "routes": "statements",
    "times": "times",
    "places": "places",
    "gazetteer": "places",
    "figures": "figures",
    "relations": "relations",
    "events": "ecbplus",
    "timelines": "timelines",
    "speed": "statements",
    "pages": None,
    "linking": None,
    "shared": None,
    "browser": None,
}
"""Benchmarks in order, each with the folder of data it needs (None: it looks after that itself)."""


def main(names: list[str]) -> int:
    """Run the named benchmarks; exit status 2 for a name that is none."""
    if unknown := [name for name in names if name not in NAMES]:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        folder = NAMES[name]
        if folder and not (DATA / folder).is_dir():
            print(f"── {name}: left out, no data at {DATA / folder}")
            continue
        print(f"── {name}")
        began = time.perf_counter()
        import_module(f"benchmarks.{name}").run()
        print(f"   {time.perf_counter() - began:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
