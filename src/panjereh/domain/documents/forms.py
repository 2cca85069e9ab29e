"""Where the words and the drawing of a document come from: its service's pack and its agency."""

from collections.abc import Iterable
from dataclasses import dataclass

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing.memory import kept


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """One output document of one version of a service's pack."""

    service_id: str
    pack_version: int
    output: str


@dataclass(frozen=True, slots=True)
class Form:
    """What the pack says about a document: its title by language, and the agency that answers for it."""

    title: dict[str, str]
    issuer_id: str
    template: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """The agency that answers for a document, with its name by language."""

    id: str
    name: dict[str, str]


def form_of(ref: TemplateRef) -> Form:
    """Return what the pack says about a document. Raises `KeyError` if it has no such output."""
    pack = catalogue.pack(ref.service_id, ref.pack_version)
    output = pack.output(ref.output)
    return Form(title=dict(output.title), issuer_id=pack.owner, template=output.template)


def issuer_of(agency_id: str) -> Issuer:
    """Return the issuing agency."""
    return Issuer(agency_id, directory.agency(agency_id).name)


def issuers_of(agency_ids: Iterable[str]) -> dict[str, Issuer]:
    """Return the issuing agencies by id, asked for at once."""
    return {found.id: Issuer(found.id, found.name) for found in directory.agencies(agency_ids).values()}


@kept
def template_text(ref: TemplateRef) -> str:
    """Return the typst template of a document, from the very version of the pack its case began with."""
    files = catalogue.pack_files(ref.service_id, ref.pack_version)
    return files[f"document/{form_of(ref).template}.typ"].decode()
