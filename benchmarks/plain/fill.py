"""Fill the reference's tables of services from the installed packs: `python -m benchmarks.plain.fill`."""

import django

django.setup()

from benchmarks.plain import models  # noqa: E402 -- models need Django ready
from panjereh.domain.catalogue import api as catalogue  # noqa: E402
from panjereh.domain.directory import api as directory  # noqa: E402
from panjereh.domain.exchange import api as exchange  # noqa: E402
from panjereh.plumbing import edge  # noqa: E402
from panjereh.web.public.services import shown  # noqa: E402


def fill() -> None:
    """Write the agencies and laws as they are today, and every published service with all its parts."""
    for agency in directory.agencies().values():
        models.Agency.objects.create(id=agency.id, name_fa=agency.name["fa"], name_en=agency.name["en"])
    for law in directory.legal_instruments().values():
        models.LegalInstrument.objects.create(id=law.id, title_fa=law.title["fa"], title_en=law.title["en"])
    for card in catalogue.published_services():
        _service(catalogue.pack(card.id, card.version))


def _texts(**texts: catalogue.Texts) -> dict[str, str]:
    return {f"{name}_{code}": text[code] for name, text in texts.items() for code in ("fa", "en")}


def _service(pack: catalogue.Pack) -> None:
    promise = pack.promise
    assert promise is not None, "the reference knows services with a promise"
    service = models.Service.objects.create(
        id=pack.id,
        version=pack.version,
        owner_id=pack.owner,
        fee_rial=pack.fee.rial,
        fee_is_law=pack.fee.certainty.is_law,
        visits=pack.visits,
        questions=len(pack.pages),
        promise_days=promise.days,
        promise_kind=promise.kind,
        promise_is_law=promise.is_law and promise.certainty.is_law,
        reviewed_on=pack.reviewed_on,
        **_texts(title=pack.title, summary=pack.summary, result=pack.result),
    )
    for output in pack.outputs:
        service.outputs.create(valid_months=output.valid_months, is_law=output.certainty.is_law)
    for remedy in (each for each in pack.remedies if each.against == "decision"):
        service.remedies.create(
            is_law=remedy.certainty.is_law, **_texts(what=remedy.what, where=remedy.where)
        )
    for place, law in enumerate(pack.laws):
        service.laws.create(position=place, **_citation(law))
    _states(service, pack)
    _conditions(service, pack)


def _citation(law: catalogue.Law) -> dict[str, str]:
    is_note = law.article.startswith("note-")
    return {
        "instrument_id": law.instrument,
        "article": "" if is_note else law.article,
        "note": law.article.removeprefix("note-") if is_note else "",
        "certainty": law.certainty.value,
    }


def _states(service: models.Service, pack: catalogue.Pack) -> None:
    on_the_way = {state.id for state in shown.service(pack, at=edge.now())["steps"]}
    for place, state in enumerate(pack.states):
        service.states.create(
            position=place,
            code=state.id,
            clock_days=state.clock.days if state.clock else None,
            clock_kind=state.clock.kind if state.clock else "",
            is_on_the_way=state.id in on_the_way,
            **_texts(label=state.label, step=state.step),
        )


def _conditions(service: models.Service, pack: catalogue.Pack) -> None:
    rows = {}
    for place, condition in enumerate(pack.conditions):
        texts = _texts(
            met=condition.met,
            reason=condition.reason,
            remedy_what=condition.remedy.what,
            remedy_where=condition.remedy.where,
        )
        rows[condition.id] = service.conditions.create(
            position=place, code=condition.id, **_citation(condition.law), **texts
        )
    for place, evidence in enumerate(pack.evidence):
        data_set = exchange.data_set(evidence.data_set)
        service.evidence.create(
            position=place,
            code=evidence.id,
            holder_id=data_set.holder,
            register_fa=data_set.title.fa,
            register_en=data_set.title.en,
            fails=rows[evidence.fails],
            **_citation(evidence.legal_basis),
            **_texts(requirement=evidence.requirement),
        )


if __name__ == "__main__":
    fill()
