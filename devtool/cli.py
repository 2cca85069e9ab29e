"""The verbs of `./dev`."""

from __future__ import annotations

import argparse
import sys

from devtool import bench, docs, environment, gate, instance, suite
from devtool.checks import advisories
from devtool.console import Trouble, say
from devtool.new import verb as new


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the status for the shell."""
    words = sys.argv[1:] if arguments is None else arguments
    # Whatever follows psql is psql's own, options first of all, which argparse would take for ours.
    asked = _parser().parse_args(words[:1] if words[:1] == ["psql"] else words)
    if asked.verb == "psql":
        asked.arguments = words[1:]
    try:
        return _do(asked)
    except Trouble as trouble:
        say(f"\n{trouble}")
        if trouble.hint:
            say(trouble.hint)
        return 1
    except KeyboardInterrupt:
        return 130


def _do(asked: argparse.Namespace) -> int:
    match asked.verb:
        case "status":
            return 0 if instance.status(as_json=asked.json) else 3
        case "journey":
            return _walk(asked)
        case "test" | "bench":
            return _try(asked)
        case "check":
            environment.set_up()
            return gate.check(is_fast=asked.fast, advisories_from=asked.online)
        case "fix":
            environment.set_up()
            gate.fix()
        case "docs" | "new":
            return _write(asked)
        case _:
            _run_instance(asked)
    return 0


def _write(asked: argparse.Namespace) -> int:
    if asked.verb == "new":
        return new.run(asked)
    environment.set_up()
    return docs.write(only_check=asked.check)


def _try(asked: argparse.Namespace) -> int:
    if asked.verb == "bench":
        return bench.run(asked.names)
    return suite.test(asked.what, everything=asked.all, no_skips=asked.no_skips)


def _walk(asked: argparse.Namespace) -> int:
    if asked.browser:
        return suite.in_browser(asked.screens, asked.only)
    if asked.failures:
        return suite.failures(asked.rounds, asked.seed, asked.only, begin=asked.begin)
    return suite.journey()


def _run_instance(asked: argparse.Namespace) -> None:
    match asked.verb:
        case "up":
            instance.up(detach=asked.detach)
        case "supervise":
            instance.supervise()
        case "down":
            instance.down()
        case "logs":
            instance.logs(asked.program)
        case "psql":
            instance.psql(asked.arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev", description="Panjereh on this machine: run it, test it.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")

    up = verbs.add_parser("up", help="start everything; Ctrl-C ends it")
    up.add_argument("--detach", action="store_true", help="return when it is ready and leave it running")
    verbs.add_parser("down", help="end everything")
    status = verbs.add_parser("status", help="show every program: address, process, health")
    status.add_argument("--json", action="store_true")
    logs = verbs.add_parser("logs", help="follow the logs")
    logs.add_argument("program", nargs="?")
    psql = verbs.add_parser("psql", help="open the platform's database")
    psql.add_argument("arguments", nargs=argparse.REMAINDER)
    journey = verbs.add_parser("journey", help="walk the whole journey against the running instance")
    journey.add_argument(
        "--browser", action="store_true", help="walk it in a real browser: phone, keyboard, no scripts"
    )
    journey.add_argument("--screens", default="", help="with --browser: a folder for a picture of every page")
    journey.add_argument("--failures", action="store_true", help="kill and freeze its programs meanwhile")
    journey.add_argument("--rounds", default="0", help="with --failures: so many random ones as well")
    journey.add_argument("--seed", default="", help="with --failures: the lot of an earlier walk")
    journey.add_argument(
        "--from", dest="begin", default="1", help="with --seed: the random one to go on with"
    )
    journey.add_argument("--only", default="", help="moments or ways with this word in their name")

    test = verbs.add_parser("test", help="run the tests")
    test.add_argument("what", nargs="*", help="rooms (casework), programs (node) or paths; none means all")
    test.add_argument(
        "--all", action="store_true", help="also slow tests, lone installs, PostgreSQL 15 and 100 kills"
    )
    test.add_argument("--no-skips", action="store_true", help="a skipped test is a failure")
    bench_ = verbs.add_parser("bench", help="measure, each thing beside its reference; none means all")
    bench_.add_argument("names", nargs="*", help="pages, weight, …")
    check = verbs.add_parser("check", help="format, lint, types, walls, sizes, licences, texts")
    check.add_argument("--fast", action="store_true", help="leave out the types")
    check.add_argument(
        "--online",
        nargs="?",
        const=advisories.SERVICE,
        metavar="ADDRESS",
        help="also ask which packages have known faults, of osv.dev or a mirror; 2 means no answer",
    )
    verbs.add_parser("fix", help="format, mend what can be mended, raise the coverage floors")
    docs_ = verbs.add_parser("docs", help="write docs/reference and docs/pictures from the code")
    docs_.add_argument("--check", action="store_true", help="only name what is out of date; 1 if anything is")
    new.add_to(verbs)
    verbs.add_parser("supervise")  # what `up --detach` leaves behind; not for people
    return parser


if __name__ == "__main__":
    sys.exit(main())
