"""The result of an assessment as its pages show it: score by part, and what each open question costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from panjereh.domain.evaluation import api as evaluation
from panjereh.plumbing import pages
from panjereh.web.oversight.assessments import words
from panjereh_kernel.refusal import NotFound

PAGE: Final = 20
_MOST_DIGITS: Final = 4
_CHECKED: Final = "1"


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """One open question: what a yes adds, and the evidence that was given."""

    effect: evaluation.Effect
    title: str
    part: str
    effort: str
    is_checked: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectsPage:
    """A page of open questions. `part` and `only_checked` narrow it; `following` is "" on the last."""

    rows: list[ShownEffect]
    count: int
    first: int
    following: str
    part: str
    only_checked: bool
    parts: list[tuple[str, str]]


def effects_page(
    request: HttpRequest,
    question_set: str,
    result: evaluation.Result,
    *,
    evidence: Mapping[str, tuple[str, ...]] | None = None,
) -> EffectsPage:
    """Return the page of open questions that an address asks for. Raises `NotFound` for none."""
    parts = words.part_names()
    part, only_checked = request.GET.get("part", ""), request.GET.get("checked") == _CHECKED
    known = [each.part for each in result.score.parts]
    if part and part not in known:
        raise NotFound
    checked = words.checked_codes(question_set)
    found = [
        each
        for each in result.effects
        if part in ("", each.asked.part) and (not only_checked or each.asked.code in checked)
    ]
    first = _place(request.GET.get("from", ""), len(found))
    questions = evaluation.questions_by_code(question_set)
    return EffectsPage(
        rows=[
            ShownEffect(
                effect=each,
                title=pages.either(questions[each.asked.code].title),
                part=parts[each.asked.part],
                effort=_(words.EFFORTS[each.asked.effort]),
                is_checked=each.asked.code in checked,
                evidence=(evidence or {}).get(each.asked.code, ()),
            )
            for each in found[first : first + PAGE]
        ],
        count=len(found),
        first=first,
        following=str(first + PAGE) if first + PAGE < len(found) else "",
        part=part,
        only_checked=only_checked,
        parts=[("", _("All parts")), *((each, parts[each]) for each in known)],
    )


def part_bars(parts: Sequence[evaluation.PartScore]) -> list[tuple[str, float | None]]:
    """Return the parts of a score as bars: which share of the questions that apply is a yes, in percent."""
    names = words.part_names()
    return [(_bar_name(names[each.part], each), _share(each)) for each in parts]


def _bar_name(name: str, part: evaluation.PartScore) -> str:
    told = {
        "part": name,
        "yes": pages.digits(part.yes),
        "count": pages.digits(part.questions - part.not_applicable),
    }
    return _("%(part)s: %(yes)s of %(count)s") % told


def _share(part: evaluation.PartScore) -> float | None:
    applying = part.questions - part.not_applicable
    return 100 * part.yes / applying if applying else None


def _place(text: str, length: int) -> int:
    """Return where a page of a list begins. Raises `NotFound` for what is no place of it."""
    if not text:
        return 0
    is_place = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) < length
    if not is_place:
        raise NotFound
    return int(text)
