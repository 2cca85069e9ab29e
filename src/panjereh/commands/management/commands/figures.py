"""Recompute a figure and print each step: `panjereh figures verify egdi --country IRN --edition 2020`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.figures import api as figures
from panjereh.domain.indices import api as indices
from panjereh_kernel.refusal import NotFound


class Command(BaseCommand):
    help = (
        "verify: recompute a figure and end with 1 if it is not what was published. An index (egdi) is "
        "computed from its published parts, a figure of the platform is counted again from the record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("figure", help="an index (egdi) or a figure (cases-by-state-and-day)")
        parser.add_argument("--country", help="an index: the ISO code of the state, such as IRN")
        parser.add_argument("--edition", help="an index: the edition, such as 2020")
        parser.add_argument(
            "--part", help="an index: a part of it, such as osi; the index itself if left out"
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        try:
            if indices.editions(options["figure"]):
                self._recompute(options)
            else:
                self._recount(options["figure"])
        except NotFound as absent:
            raise CommandError(absent.code) from absent
        except figures.FigureDiffers as broken:
            raise CommandError(f"BROKEN {broken.code} {broken}", returncode=1) from broken

    def _recompute(self, options: Mapping[str, Any]) -> None:
        if not (options["country"] and options["edition"]):
            raise CommandError("--country and --edition say which figure of the index")
        index, edition = options["figure"], options["edition"]
        found = indices.check(index, edition, options["country"], part=options["part"])
        source = indices.sources()[indices.sources_of(index, edition)[found.iso3]]
        rank = f", rank {found.published_rank}" if found.published_rank else ""
        self.stdout.write(f"{found.part} {found.edition} {found.iso3}: {found.published} published{rank}")
        self.stdout.write(
            f"source: {source.publisher}, {source.title} ({source.taken_from} {source.version})"
        )
        for number, step in enumerate(found.steps, start=1):
            for line in _told(number, step):
                self.stdout.write(line)
        if not found.is_compared:
            self.stdout.write("OK rank computed; the raw values behind this part are not public")
        elif found.is_reproduced:
            self.stdout.write("OK reproduced")
        elif found.is_explained:
            self.stdout.write("OK not reproduced: a known fault of the source")
        else:
            raise CommandError("BROKEN not reproduced", returncode=1)

    def _recount(self, figure_id: str) -> None:
        definition = figures.find_definition(Path(settings.PANJEREH.data_directory) / "figures", figure_id)
        self.stdout.write(f"OK figure {figure_id} events {figures.verify_figure(definition)}")


def _told(number: int, step: indices.Step) -> Iterator[str]:
    yield f"{number}. {step.kind}: {step.formula}"
    for name, value in step.inputs.items():
        yield f"     {name} = {value}"
    yield f"   = {step.result}"
    if step.published is not None:
        yield f"   published {step.published}, difference {step.difference:+.9f}: {step.outcome}"
    if step.tied:
        yield f"   same published value: {' '.join(step.tied)}"
