"""The program: serve the practice country, show its people, or prepare practice keys and files."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from starlette.applications import Starlette

from panjereh_kernel.logs import configuration
from panjereh_land.asgi import make_app, now
from panjereh_land.country import DEFAULT_POPULATION, DEFAULT_SEED, MOST_PEOPLE, make_country
from panjereh_land.preparation.folder import Folder
from panjereh_land.preparation.ports import Ports, PortsFaulty
from panjereh_land.preparation.prepare import Surroundings, prepare
from panjereh_land.settings import Settings, SettingsFaulty, read_settings
from panjereh_land.stories import TOLD, Role, cast
from panjereh_land.time_stamps import Authority, read_authority


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 2 wrong settings or arguments."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (SettingsFaulty, PortsFaulty) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def application() -> Starlette:
    """Return the ASGI application of the country in the environment; granian calls this in its worker."""
    settings = read_settings(os.environ)
    return make_app(
        make_country(seed=settings.seed, population=settings.population), time_stamps=_authority(settings)
    )


def _authority(settings: Settings) -> Authority | None:
    if settings.time_stamp_key_file is None or settings.time_stamp_certificate_file is None:
        return None
    return read_authority(
        key_pem=settings.time_stamp_key_file.read_bytes(),
        certificate_pem=settings.time_stamp_certificate_file.read_bytes(),
    )


def _serve(_options: argparse.Namespace) -> int:
    settings = read_settings(os.environ)
    # One worker: ordered faults and counted calls live in its memory.
    Granian(
        "panjereh_land.cli:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        log_dictconfig=configuration(),
    ).serve()
    return 0


def _people(options: argparse.Namespace) -> int:
    country = make_country(seed=options.seed, population=options.population)
    roles = cast(country, count=options.count)
    if options.json:
        json.dump([role.as_json() for role in roles], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return 0
    sys.stdout.write("\n".join(_table(roles)) + "\n")
    return 0


def _table(roles: Sequence[Role]) -> list[str]:
    header = f"{'national number':<17}{'born (solar)':<14}{'mobile':<13}name"
    rows: list[str] = []
    for story, told in TOLD.items():
        of_this_story = [role.as_json() for role in roles if role.story is story]
        rows += ["", f"{story.value}: {told}", header] if of_this_story else []
        rows += [
            f"{each['national_number']:<17}{each['birth_date_jalali']:<14}{each['mobile']:<13}"
            f"{each['given_name']} {each['family_name']}{_seats(each['seats'])}"
            for each in of_this_story
        ]
    return rows[1:]


def _seats(seats: Sequence[dict[str, str]]) -> str:
    """Return in brackets what an officer is and where."""
    told = ", ".join(f"{seat['role']} at {seat['unit'] or seat['agency']}" for seat in seats)
    return f" ({told})" if told else ""


def _prepare(options: argparse.Namespace) -> int:
    directory = options.directory.resolve()
    prepare(
        Folder(directory, draw=os.urandom),
        ports=Ports.parse(options.ports),
        surroundings=Surroundings(
            state=(options.state or directory.parent / "state").resolve(),
            checkout=options.checkout.resolve(),
            seed=options.seed,
            population=options.population,
        ),
        at=now(),
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="panjereh_land", description=__doc__)
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve all agencies (settings: PANJEREH_LAND_…)")
    serve.set_defaults(command=_serve)
    people = commands.add_parser("people", help="show people to sign in as, and what happens to them")
    people.add_argument("--count", type=int, default=3, help="people of each kind (default 3)")
    people.add_argument("--json", action="store_true", help="for programs")
    people.set_defaults(command=_people)
    prepared = commands.add_parser("prepare", help="write every practice key and file; keeps what is there")
    prepared.add_argument("--directory", type=Path, required=True, help="for keys and files")
    prepared.add_argument("--ports", required=True, help="JSON: program to port")
    prepared.add_argument(
        "--state", type=Path, help="for what programs write (default: beside the directory)"
    )
    prepared.add_argument("--checkout", type=Path, default=Path(), help="where data, packs and frontend lie")
    prepared.set_defaults(command=_prepare)
    for command in (people, prepared):
        seed, population = (
            os.environ.get(f"PANJEREH_LAND_{name}", default)
            for name, default in (("SEED", DEFAULT_SEED), ("POPULATION", DEFAULT_POPULATION))
        )
        command.add_argument("--seed", type=int, default=seed)
        command.add_argument("--population", type=_population, default=population)
    return parser


def _population(text: str) -> int:
    if not 1 <= int(text) <= MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"1 to {MOST_PEOPLE}")
    return int(text)
