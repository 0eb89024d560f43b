"""Small changes to the code, drawn at random, that some test must notice.

    python scripts/mutants.py [--count N] [--seed N] [part of a module's path …]

    mutants.yaml ──▶ module and its tests ──▶ one comparison, `and`, call, constant or result changed ──▶ "killed"?

`defences.py` takes out what is known to matter; this finds what nobody thought of. The change is made while the module
is imported, so no file is touched; only tests within the process see it. Same seed and code, same mutants. Exit 1 if
any survived: it is killed by a test of what people see, or it makes no difference, which is worth knowing too.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).with_suffix(".yaml")
LONGEST_SECONDS = 600
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """The `at`-th place of a module that can be changed, and what it says there."""

    path: str
    at: int
    line: int
    change: str


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, Callable[[], None]]]:
    """Every place that can be changed in a tree, in order: what is done there, and how."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[operator, *_]) if type(operator) in OPPOSITES:
                other = OPPOSITES[type(operator)]
                yield node, f"→ {other.__name__}", lambda node=node, other=other: node.ops.__setitem__(0, other())
            case ast.BoolOp():
                swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
                yield node, f"→ {swapped.__name__}", lambda node=node, swapped=swapped: setattr(node, "op", swapped())
            case ast.Expr(value=ast.Call()):
                yield node, "call dropped", lambda node=node: setattr(node, "value", ast.Constant(None))
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
                yield node, "→ return None", lambda node=node: setattr(node, "value", ast.Constant(None))
            case ast.Constant(value=bool()):
                yield node, "→ not", lambda node=node: setattr(node, "value", not node.value)
            case ast.Constant(value=int() | float()):
                yield node, "→ + 1", lambda node=node: setattr(node, "value", node.value + 1)


def mutants(path: str) -> list[Mutant]:
    """All mutants of a module."""
    source = (ROOT / path).read_text("utf-8")
    found = enumerate(places(ast.parse(source)))
    lines = source.splitlines()
    return [
        Mutant(path, at, node.lineno, f"{lines[node.lineno - 1].strip()[:90]}  [{change}]")
        for at, (node, change, _) in found
    ]


class Changed(SourceFileLoader):
    """Loads a module with one place of it changed, and keeps no bytecode of that."""

    def __init__(self, name: str, path: str, at: int) -> None:
        super().__init__(name, path)
        self.at = at

    def get_code(self, fullname: str) -> object:
        """The changed code."""
        path = self.get_filename(fullname)
        tree = ast.parse(Path(path).read_text("utf-8"))
        _, _, change = list(places(tree))[self.at]
        change()
        return compile(ast.fix_missing_locations(copy.deepcopy(tree)), path, "exec")


class Finder(PathFinder):
    """Finds the changed module in place of the file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:  # type: ignore[override]
        """The file's own spec with another loader."""
        spec = super().find_spec(name, path, target) if name == self.name else None  # type: ignore[arg-type]
        if spec is not None:
            loader: Loader = Changed(name, str(ROOT / self.mutant.path), self.mutant.at)
            spec.loader = loader
        return spec


def survived(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether all tests pass with a mutant in place (None: with the code as it is)."""
    child = os.fork()
    if not child:
        os.setsid()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        if mutant is not None:
            sys.meta_path.insert(0, Finder(mutant))
        names = [f"tests/{test}" for test in tests]
        os._exit(int(pytest.main(["-q", "-x", "-n0", "-p", "no:cacheprovider", "-m", "not long", *names])))
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.1)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False  # what hangs is noticed


def tests_of(path: str, table: dict[str, list[str]]) -> list[str]:
    """The tests that must notice a change in a module; none where the table has none."""
    found = [tests for key, tests in table.items() if f"{path}/".startswith(f"bot/{key}/")]
    return found[-1] if found else []


def main(arguments: Sequence[str]) -> int:
    """A sample of all mutants, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("parts", nargs="*")
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    paths = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "bot").rglob("*.py"))]
    wanted = [path for path in paths if not options.parts or any(part in path for part in options.parts)]
    every = [mutant for path in wanted if tests_of(path, table) for mutant in mutants(path)]
    drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))  # noqa: S311 - no secret
    alive = 0
    sound = {tests: survived(None, tests) for tests in {tuple(tests_of(mutant.path, table)) for mutant in drawn}}
    if failing := [" ".join(tests) for tests, passed in sound.items() if not passed]:
        print("These fail without any change:", *failing, sep="\n")
        return 1
    for mutant in sorted(drawn, key=lambda one: (one.path, one.line)):
        lives = survived(mutant, tests_of(mutant.path, table))
        alive += lives
        print(f"{'SURVIVED' if lives else 'killed':9} {mutant.path}:{mutant.line} {mutant.change}", flush=True)
    print(f"{len(drawn) - alive} of {len(drawn)} killed ({len(every)} possible)")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
