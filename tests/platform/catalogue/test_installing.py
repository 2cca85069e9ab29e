import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.catalogue import api as catalogue

SERVICE = "place.address-certificate"
NOW = 2  # the version of the pack in the product

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "trace"])]


@pytest.fixture(autouse=True)
def _fresh_packs():
    catalogue.pack.cache_clear()


def new_version(edit, number):
    edit("service.yaml", f'version: "{NOW}"', f'version: "{number}"')


@pytest.mark.usefixtures("_directory")
def test_the_pack_of_the_product_installs_and_is_published(install):
    (done,) = install()

    card = catalogue.service(SERVICE)
    assert (done.service_id, done.version, done.is_new) == (SERVICE, NOW, True)
    assert card.title == {"fa": "گواهی نشانی", "en": "Address certificate"}
    assert (card.fee_rial, card.visits, card.promise.days) == (0, 0, 1)
    assert catalogue.published_services() == [card]


@pytest.mark.usefixtures("_directory")
def test_installing_twice_changes_nothing_and_leaves_one_trace(install):
    install()

    (again,) = install()

    assert not again.is_new
    leaf = Leaf.objects.get(event="catalogue.pack.installed")
    assert (leaf.subject, leaf.facts["version"]) == (SERVICE, NOW)


@pytest.mark.usefixtures("installed")
def test_a_version_never_changes(install, edit):
    edit("texts/fa.yaml", "title: گواهی نشانی", "title: گواهی دیگر")

    with pytest.raises(catalogue.PackVersionChanged) as refused:
        install()

    assert refused.value.code == "pack-version-changed"
    assert catalogue.current_pack(SERVICE).title["fa"] == "گواهی نشانی"


@pytest.mark.usefixtures("installed")
def test_a_changed_template_is_a_changed_version_too(install, pack_folder):
    (pack_folder / "document/extra.typ").write_text("tampered")

    with pytest.raises(catalogue.PackVersionChanged):
        install()


@pytest.mark.usefixtures("installed")
def test_a_new_version_is_published_and_the_old_one_stays_readable(install, edit):
    new_version(edit, NOW + 1)
    edit("texts/fa.yaml", "title: گواهی نشانی", "title: گواهی نو")

    install()

    assert catalogue.current_pack(SERVICE).title["fa"] == "گواهی نو"
    assert catalogue.pack(SERVICE, NOW).title["fa"] == "گواهی نشانی"


@pytest.mark.usefixtures("installed")
def test_an_older_version_does_not_come_back(install, edit):
    new_version(edit, NOW + 2)
    install()
    edit("service.yaml", f'version: "{NOW + 2}"', f'version: "{NOW + 1}"')

    with pytest.raises(catalogue.PackVersionTooOld) as refused:
        install()

    assert refused.value.facts() == {"service_id": SERVICE, "version": NOW + 1, "published": NOW + 2}
    assert refused.value.code == "pack-version-too-old"


@pytest.mark.usefixtures("_directory")
def test_one_faulty_pack_keeps_all_of_them_out(install, packs):
    (packs / "z.empty").mkdir()

    with pytest.raises(catalogue.PackRefusedError):
        install()

    assert catalogue.published_services() == []


@pytest.mark.usefixtures("installed")
def test_unknown_services_and_versions_are_refused():
    for ask in (
        lambda: catalogue.service("place.nothing"),
        lambda: catalogue.pack(SERVICE, 9),
        lambda: catalogue.pack_files("place.nothing", 1),
    ):
        with pytest.raises(catalogue.ServiceUnknown) as refused:
            ask()
        assert refused.value.code == "service-unknown"


@pytest.mark.usefixtures("installed")
def test_the_files_of_a_version_are_kept_byte_for_byte(pack_folder):
    kept = catalogue.pack_files(SERVICE, NOW)

    on_disk = {
        path.relative_to(pack_folder).as_posix(): path.read_bytes()
        for path in pack_folder.rglob("*")
        if path.is_file()
    }
    assert kept == on_disk


@pytest.mark.usefixtures("installed")
def test_the_database_refuses_to_change_or_forget_a_version():
    for statement in (
        "UPDATE catalogue_packfile SET content = 'x'",
        "DELETE FROM catalogue_packversion",
        "DELETE FROM catalogue_service",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(IntegrityError, match="id_says_both"), transaction.atomic():
        connection.cursor().execute("INSERT INTO catalogue_packversion VALUES ('x@1', 'y', 1, '', now())")


def test_a_pack_of_an_unknown_agency_is_refused_before_the_directory_is_imported(install):
    with pytest.raises(catalogue.PackRefusedError, match="P090"):
        install()


@pytest.mark.usefixtures("_directory")
def test_the_command_installs_and_says_so(packs, capsys):
    call_command("install_packs", directory=packs)
    call_command("install_packs", directory=packs)

    assert capsys.readouterr().out.splitlines() == [
        f"{SERVICE} version {NOW}: installed",
        f"{SERVICE} version {NOW}: unchanged",
    ]


@pytest.mark.usefixtures("_directory")
def test_the_command_lists_numbered_faults(packs, edit):
    edit("service.yaml", "owner: post", "owner: nobody")

    with pytest.raises(CommandError, match=r"1 faults\nservice.yaml:\d+: P090"):
        call_command("install_packs", directory=packs)


@pytest.mark.usefixtures("installed")
def test_the_command_names_a_version_conflict(packs, edit):
    edit("texts/en.yaml", "title: Address certificate", "title: Another")

    with pytest.raises(CommandError, match="pack-version-changed"):
        call_command("install_packs", directory=packs)


@pytest.mark.usefixtures("installed")
def test_the_pack_says_its_law_with_how_surely_it_is_known():
    pack = catalogue.current_pack(SERVICE)

    known = {law.instrument: law.certainty for law in pack.laws}
    assert known == {
        "data-act-1401": catalogue.Certainty.ASSUMPTION,
        "postal-code-act-1376": catalogue.Certainty.PUBLISHED,
        "direct-taxes-act-169bis": catalogue.Certainty.SECONDARY,
    }
    assert [law for law, certainty in known.items() if certainty.is_law] == [
        "postal-code-act-1376",
        "direct-taxes-act-169bis",
    ]
    assert pack.valid_from == dt.date(2026, 3, 21)


def test_names_a_pack_does_not_have_are_errors(installed):
    for lookup in (installed.condition, installed.evidence_named, installed.output):
        with pytest.raises(KeyError):
            lookup("nothing")
