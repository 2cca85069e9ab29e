"""Reading the catalogue. A version never changes, so a pack is read once per process."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps

from panjereh.domain.catalogue.apps import CatalogueConfig
from panjereh.domain.catalogue.models import PackFile, Service
from panjereh.domain.catalogue.rules.pack import Clock, Law, Pack, Texts
from panjereh.domain.catalogue.rules.reading import build_pack, read_sources
from panjereh.domain.catalogue.search import MAX_QUERY, find_exactly, find_services
from panjereh.domain.directory import api as directory
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound


class ServiceUnknown(NotFound):
    """No service, or no version of it, has this identifier."""

    code = "service-unknown"


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a list shows of a service: the current version's title, sentence, fee, visits and promise."""

    id: str
    version: int
    owner: str
    title: Texts
    summary: Texts
    fee_rial: int
    visits: int
    promise: Clock | None


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a published service that rests on an article; empty for the instrument as a whole."""

    service_id: str
    service: Texts
    article: str


def citations(instrument_id: str) -> tuple[Citation, ...]:
    """Return which published services cite a legal instrument, by article and service."""
    # One service may cite an article twice, with two certainties.
    found = {
        (law.article, each.id): Citation(each.id, each.title, law.article)
        for each in _published()
        for law in each.laws
        if law.instrument == instrument_id
    }
    return tuple(found[key] for key in sorted(found))


def lost_law(*, on: dt.date) -> tuple[tuple[str, Law], ...]:
    """Return which published services cite what is not in force on a day, with the citation.

    A pack is held against the directory when it is installed; a law may end after that.
    """
    instruments, articles = directory.legal_instruments(), directory.legal_articles()
    binding = {
        (each.instrument_id, each.number)
        for several in articles.values()
        for each in several
        if each.is_in_force(on)
    }
    binding |= {(each.id, "") for each in instruments.values()}
    return tuple(
        (each.id, law)
        for each in _published()
        for law in each.laws
        if (law.instrument, law.article) not in binding or not instruments[law.instrument].is_in_force(on)
    )


def _published() -> list[Pack]:
    rows = Service.objects.order_by("id").values_list("id", "version")
    return [pack(service_id, version) for service_id, version in rows]


def service(service_id: str) -> ServiceCard:
    """Return the card of a published service. Raises `ServiceUnknown`."""
    return _card(current_pack(service_id))


def published_services() -> list[ServiceCard]:
    """Return the cards of all published services, by id."""
    # GAP: every card is made from its pack, which the process keeps for 2,048 versions; a catalogue of more
    # needs owner and sort key in columns of the index, and a page of rows at a time.
    return [_card(each) for each in _published()]


def search(query: str, *, limit: int) -> list[ServiceCard]:
    """Return the services that fit `query` or a word that means the same, best first.

    Forgives keyboards, half-spaces, endings and slips.
    """
    return _cards(find_services(query, added=added_words(query), limit=limit))


def search_exactly(query: str, *, limit: int) -> list[ServiceCard]:
    """Return the services that have every word of `query` itself, best first; endings are forgiven."""
    return _cards(find_exactly(query, limit=limit))


def added_words(query: str) -> tuple[str, ...]:
    """Return the words that `search` looks for beside those of `query`."""
    config = apps.get_app_config("catalogue")
    assert isinstance(config, CatalogueConfig)  # noqa: S101 -- Django keeps apps by label, this is ours
    return config.synonyms.added_to(query[:MAX_QUERY])


def _cards(found: list[str]) -> list[ServiceCard]:
    versions = dict(Service.objects.filter(id__in=found).order_by("id").values_list("id", "version"))
    return [_card(pack(service_id, versions[service_id])) for service_id in found]


def current_pack(service_id: str) -> Pack:
    """Return the version new cases take. Raises `ServiceUnknown`."""
    return pack(service_id, _published_version(service_id))


@kept
def _published_version(service_id: str) -> int:
    version = Service.objects.filter(id=service_id).values_list("version", flat=True).first()
    if version is None:
        raise ServiceUnknown
    return version


@lru_cache(maxsize=2048)
def pack(service_id: str, version: int) -> Pack:
    """Return one version, also when newer ones are published. Raises `ServiceUnknown`."""
    return build_pack(read_sources(pack_files(service_id, version)))


def pack_files(service_id: str, version: int) -> dict[str, bytes]:
    """Return every file of one version by its path. Raises `ServiceUnknown`."""
    rows = PackFile.objects.filter(pack_id=pack_id(service_id, version)).order_by("path")
    files = {path: bytes(content) for path, content in rows.values_list("path", "content")}
    if not files:
        raise ServiceUnknown
    return files


def pack_id(service_id: str, version: int) -> str:
    """Return the key of one version of one service."""
    return f"{service_id}@{version}"


def _card(current: Pack) -> ServiceCard:
    return ServiceCard(
        id=current.id,
        version=current.version,
        owner=current.owner,
        title=current.title,
        summary=current.summary,
        fee_rial=current.fee.rial,
        visits=current.visits,
        promise=current.promise,
    )
