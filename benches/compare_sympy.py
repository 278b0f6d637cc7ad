#!/usr/bin/env python3
"""SymPy and Rederive side by side, in one run on one machine.

    cargo build --release && python3 benches/compare_sympy.py [--program target/release/rederive]

SymPy is given a dozen of the course's claims at three classes, as a user would write them: differentiate, simplify,
compare with 0, and 64 numeric instances of each. Rederive gets the whole course from raw Markdown, where most of the
same claims hold for every number of classes. Both are timed warm, as the best of three. Without SymPy nothing is done.
"""

import argparse
import json
import random
import subprocess
import sys
import time

try:
    import sympy as sp
except ImportError:
    print("skipped: SymPy is not installed")
    sys.exit(0)


def best(action, runs=3):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def claims(classes=3):
    """Pairs of sides that are equal."""
    s = sp.symbols(f"s1:{classes + 1}", real=True)
    y = sp.symbols(f"y1:{classes}", real=True)
    y = [*y, 1 - sum(y)]
    total = sum(map(sp.exp, s))
    p = [sp.exp(k) / total for k in s]
    loss = -sum(t * sp.log(q) for t, q in zip(y, p))
    a, x, z, w, b = sp.symbols("a x z w b", real=True)
    sigmoid = 1 / (1 + sp.exp(-z))
    bce = -(a * sp.log(sigmoid) + (1 - a) * sp.log(1 - sigmoid))
    yield sum(p), 1
    yield sp.exp(s[0] + x) / sum(sp.exp(k + x) for k in s), p[0]
    for i in range(classes):
        yield sp.diff(loss, s[i]), p[i] - y[i]
        for j in range(classes):
            yield sp.diff(p[i], s[j]), p[i] * (int(i == j) - p[j])
            yield sp.diff(loss, s[i], s[j]), p[i] * int(i == j) - p[i] * p[j]
    yield sp.diff(sigmoid, z), sigmoid * (1 - sigmoid)
    yield sp.diff(bce, z), sigmoid - a
    yield sp.diff(bce.subs(z, w * x + b), w), (sigmoid.subs(z, w * x + b) - a) * x
    yield sp.exp(z) / (sp.exp(z) + 1), sigmoid


def by_sympy():
    random.seed(0)
    for left, right in claims():
        difference = sp.simplify(left - right)
        names = sorted((left - right).free_symbols, key=str)
        f = sp.lambdify(names, left - right, "math")
        for _ in range(64):
            assert abs(f(*(random.uniform(-2, 2) for _ in names))) < 1e-9
        if difference != 0:
            print(f"  SymPy leaves open: {left} = {right}")


def hessian_by_sympy(classes):
    s = sp.symbols(f"s1:{classes + 1}", real=True)
    total = sum(map(sp.exp, s))
    loss = sp.log(total) - s[0]
    p = [sp.exp(k) / total for k in s]
    hessian = sp.hessian(loss, s)
    wanted = sp.diag(*p) - sp.Matrix(p) * sp.Matrix(p).T
    assert all(sp.simplify(e) == 0 for e in hessian - wanted)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default="target/release/rederive")
    program = options.parse_args().program
    command = [program, "check", "notes", "--no-cache", "--quiet", "--format", "json"]
    seconds = []
    for _ in range(3):
        summary = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["summary"]
        seconds.append(summary["seconds"])
    count = sum(1 for _ in claims())
    by_sympy()
    sympy = best(by_sympy)
    print(f"SymPy {sp.__version__}: {count} claims at three classes     {sympy:8.3f} s")
    print(f"Rederive: the whole course, {summary['proved']} proved    {min(seconds):8.3f} s   ({sympy / min(seconds):.0f} times)")
    for classes in (3, 10):
        taken = best(lambda: hessian_by_sympy(classes), runs=1)
        print(f"SymPy: Hessian of {classes} classes with its check  {taken:8.3f} s")


if __name__ == "__main__":
    main()
