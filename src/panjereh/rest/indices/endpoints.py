"""Indices: editions, values by state, series, the steps of a figure, targets."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from panjereh.domain.indices import api as indices
from panjereh.rest.indices import linked, written
from panjereh.rest.indices.shapes import (
    CountrySeries,
    FigureCheck,
    IndexEditionList,
    IndexTargetList,
    StateValuesPage,
)
from panjereh.rest.operation import CSV, JSON, LINKED_DATA, Call, File, Parameter, operation
from panjereh.rest.reading import AFTER, LIMIT, TEXT, limit_in, page_of, place_in
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.refusal import NotFound


@operation(
    name="listIndexEditions",
    about=gettext_noop("Editions of published indices"),
    gives=IndexEditionList,
    is_public=True,
)
def editions(call: Call) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """List every edition with its weights, source and addresses."""
    sources = indices.sources()
    return {"items": [written.edition(each, sources, address=address) for each in indices.editions()]}


@operation(
    name="listIndexValues",
    about=gettext_noop("The values of all states in an edition"),
    gives=StateValuesPage,
    query=(AFTER, LIMIT),
    refuses=(indices.EditionUnknown,),
    is_public=True,
)
def edition(call: Call, index: str, edition: str) -> dict[str, Any]:
    """List the states of an edition by their code."""
    rows, countries = indices.edition_table(index, edition).rows, indices.countries()
    after, sources = str(place_in(call) or ""), indices.sources_of(index, edition)
    found = [row for row in rows if row.iso3 > after][: limit_in(call) + 1]
    restated = indices.restatements(index, edition)
    return page_of(
        call,
        found,
        key=lambda row: row.iso3,
        write=lambda row: written.state(
            row,
            countries[row.iso3],
            sources[row.iso3],
            (each for each in restated if each.iso3 == row.iso3),
        ),
    )


@operation(
    name="downloadIndexValues",
    about=gettext_noop("All values of an edition as a table"),
    detail="CSV in UTF-8: `iso3`, the published rank, a column for each part, the source of the row, and "
    "what was published before where a figure was published again.",
    file=CSV,
    refuses=(indices.EditionUnknown,),
    is_public=True,
)
def values(call: Call, index: str, edition: str) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give a whole edition as a file."""
    return _file(indices.edition_csv(index, edition))


@operation(
    name="downloadIndexEdition",
    about=gettext_noop("A whole edition in one file: method, sources, states and revisions"),
    file=JSON,
    refuses=(indices.EditionUnknown,),
    is_public=True,
)
def edition_file(call: Call, index: str, edition: str) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give a whole edition with everything that is known of it."""
    return _file(indices.edition_json(index, edition))


@operation(
    name="downloadIndex",
    about=gettext_noop("All editions of an index as one table"),
    file=CSV,
    refuses=(NotFound,),
    is_public=True,
)
def index_file(call: Call, index: str) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give all editions of an index as a file."""
    return _file(indices.index_csv(index))


@operation(
    name="downloadRawIndicators",
    about=gettext_noop("The raw indicators of all states as one table"),
    file=CSV,
    is_public=True,
)
def raw_file(call: Call) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give the raw indicators as a file."""
    return _file(indices.raw_csv())


@operation(
    name="downloadIndexQuestions",
    about=gettext_noop("A question list of an index as a table"),
    file=CSV,
    refuses=(NotFound,),
    is_public=True,
)
def questions_file(call: Call, question_set: str) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Give a question list as a file."""
    return _file(indices.questions_csv(question_set))


def _file(found: indices.DataFile) -> File:
    return File(found.name, found.content)


@operation(
    name="checkIndexFigure",
    about=gettext_noop("A published figure, recomputed step by step"),
    gives=FigureCheck,
    query=(Parameter("part", gettext_noop("A part of the index; the index itself if not given."), TEXT),),
    refuses=(indices.EditionUnknown, indices.CountryUnknown),
    is_public=True,
)
def check(call: Call, index: str, edition: str, country: str) -> dict[str, Any]:
    """Recompute a published figure and tell each step."""
    found = indices.check(index, edition, country, part=call.query.get("part") or None)
    return written.check(index, found)


@operation(
    name="readIndexSeries",
    about=gettext_noop("A state through all editions of an index"),
    gives=CountrySeries,
    refuses=(indices.CountryUnknown,),
    is_public=True,
)
def series(call: Call, index: str, country: str) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """Tell values and ranks of a state in each edition; nothing for an index that is not known."""
    return written.series(index, indices.country(country), indices.series(index, country))


@operation(
    name="listIndexTargets",
    about=gettext_noop("Targets for ranks, and what the editions say of them"),
    gives=IndexTargetList,
    is_public=True,
)
def targets(call: Call) -> dict[str, Any]:
    """List the targets with their computed verdicts as of today."""
    return {"items": [written.target(each) for each in indices.targets(on=tehran_date(call.at))]}


@operation(
    name="readIndexCatalogue",
    about=gettext_noop("The editions as a catalogue of data sets"),
    detail="DCAT 3 as JSON-LD: a data set for each edition, each index, the raw indicators and the lists of "
    "questions, with publisher, source and rights, and of every file its type, size and digest.",
    file=LINKED_DATA,
    is_public=True,
)
def catalogue(call: Call) -> File:  # noqa: ARG001 -- nothing is asked of it
    """Describe the editions as data sets."""
    return File("indices.jsonld", linked.catalogue(address=address))


def address(name: str, *parts: str) -> str:
    """Return the whole address of one of these operations."""
    return f"{settings.PANJEREH.public_url}{reverse(f'rest:{name}', args=parts)}"
