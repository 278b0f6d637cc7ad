#!/usr/bin/env python3
"""Statements per second and core on real notes.

    cargo build --release && python3 benches/statements.py FOLDER [--program target/release/rederive] [--slowest 10]

Checks every file below FOLDER that Rederive reads, each in a run of its own on one core without a cache, and counts what
`rederive check` counts: statements, and those of them that have a relation. Time is time of the processor, start of the
program included. Says which files take longest, for these take most of all. Without documents nothing is done.
"""

import argparse
import json
import os
import resource
import subprocess
import sys

ENDINGS = (".md", ".markdown", ".ipynb", ".rst", ".tex")


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def files(folder):
    for path, _, names in sorted(os.walk(folder)):
        yield from (os.path.join(path, n) for n in sorted(names) if n.endswith(ENDINGS))


def checked(program, path):
    """Statements, those with a relation, seconds."""
    start = processor_time()
    command = [program, "check", path, "--no-cache", "--jobs", "1", "--quiet", "--format", "json"]
    out = subprocess.run(command, capture_output=True, check=False).stdout
    seconds = processor_time() - start
    try:
        documents = json.loads(out)["documents"]
    except ValueError:
        return 0, 0, seconds
    statements = [s for d in documents for s in d["statements"]]
    return len(statements), sum(1 for s in statements if s["relation"]), seconds


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder")
    options.add_argument("--program", default="target/release/rederive")
    options.add_argument("--slowest", type=int, default=10)
    options.add_argument("--every", type=int, default=1, help="only every n-th file")
    options = options.parse_args()
    paths = list(files(options.folder))[:: options.every]
    if not paths:
        print("skipped: no documents")
        sys.exit(0)
    rows = [(*checked(options.program, p), p) for p in paths]
    statements, relations, seconds = (sum(r[k] for r in rows) for k in range(3))
    print(f"{len(rows)} files, {statements} statements, {relations} of them relations, {seconds:.1f} s of the processor")
    print(f"{statements / seconds:.0f} statements and {relations / seconds:.0f} relations a second and core")
    rows.sort(key=lambda r: -r[2])
    for _, relations, taken, path in rows[: options.slowest]:
        print(f"{taken:8.2f} s  {relations:5} relations  {os.path.relpath(path, options.folder)}")
    middle = sorted(r[2] / max(r[0], 1) for r in rows)[len(rows) // 2]
    print(f"half of the files take less than {1000 * middle:.1f} ms a statement")


if __name__ == "__main__":
    main()
