"""Services in a list: in alphabetical order, page by page, and of one agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages
from panjereh_kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of a list of cards; pages are numbered from one."""

    cards: Sequence[catalogue.ServiceCard]
    number: int
    last: int
    count: int


def page_of(cards: Sequence[catalogue.ServiceCard], number: str, *, size: int) -> CardPage:
    """Return a page of cards by its number in an address. Raises `NotFound` for one that is none."""
    last = max(1, -(-len(cards) // size))
    if number and not (number.isascii() and number.isdigit() and len(number) < len("100000")):
        raise NotFound
    wanted = int(number or 1)
    if not 1 <= wanted <= last:
        raise NotFound
    return CardPage(cards[(wanted - 1) * size : wanted * size], wanted, last, len(cards))


def in_order(cards: Sequence[catalogue.ServiceCard]) -> list[catalogue.ServiceCard]:
    """Return cards by title in the page's language, those of one title by identifier."""
    return sorted(cards, key=lambda card: (catalogue.sort_key(pages.either(card.title)), card.id))


def by_letter(cards: Sequence[catalogue.ServiceCard]) -> list[tuple[str, list[catalogue.ServiceCard]]]:
    """Return ordered cards under their initial letters."""
    groups = groupby(cards, key=lambda card: catalogue.initial(pages.either(card.title)))
    return [(letter, list(group)) for letter, group in groups]


def owner_in(text: str, owners: Mapping[str, directory.Agency]) -> str:
    """Return the agency in an address, empty for all. Raises `NotFound` for one that owns no service."""
    if text and text not in owners:
        raise NotFound
    return text


def agency_choices(owners: Mapping[str, directory.Agency]) -> list[tuple[str, str]]:
    """Return the agencies a list can be narrowed to; none while there is nothing to narrow."""
    if len(owners) < len(("one", "another")):
        return []
    choices = [(code, pages.either(agency.name)) for code, agency in owners.items()]
    return sorted(choices, key=lambda choice: catalogue.sort_key(choice[1]))
