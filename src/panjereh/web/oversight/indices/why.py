"""Why a rank moved, as sentences made from the numbers and from nothing else."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words

PLACES = 4


def paragraphs_of(change: indices.Change) -> list[str]:
    """Return the explanation of a change: the outcome, its parts, the others, and what was measured anew."""
    ordered = sorted(change.parts, key=lambda each: each.share)
    told = (_outcome(change), [_part(share) for share in ordered], _others(change), _method(change))
    return [" ".join(sentences) for sentences in told if sentences]


def _outcome(change: indices.Change) -> list[str]:
    facts = _facts(change)
    if change.change > 0:
        moved = _(
            "From %(before)s to %(after)s the index of %(country)s rose by %(change)s, "
            "from %(old)s to %(new)s."
        )
    elif change.change < 0:
        moved = _(
            "From %(before)s to %(after)s the index of %(country)s fell by %(change)s, "
            "from %(old)s to %(new)s."
        )
    else:
        moved = _("From %(before)s to %(after)s the index of %(country)s stayed at %(new)s.")
    return [moved % facts, _rank(change.rank) % facts, *_published_otherwise(change)]


def _published_otherwise(change: indices.Change) -> list[str]:
    """Return a sentence for each edition whose published rank is another than the one that is told."""
    told = (
        (change.edition_before, change.published_before, change.rank.before),
        (change.edition, change.published, change.rank.after),
    )
    return [
        _(
            "For %(edition)s the survey published rank %(published)s; by the published values it is "
            "%(rank)s, and the explanation counts with that."
        )
        % {
            name: pages.digits(each)
            for name, each in (("edition", edition), ("published", published), ("rank", rank))
        }
        for edition, published, rank in told
        if published not in (None, rank)
    ]


def _rank(rank: indices.RankMoves) -> str:
    count = abs(rank.places)
    if rank.places > 0:
        return ngettext(
            "Its rank rose by one place, from %(old_rank)s to %(new_rank)s.",
            "Its rank rose by %(places)s places, from %(old_rank)s to %(new_rank)s.",
            count,
        )
    if rank.places < 0:
        return ngettext(
            "Its rank fell by one place, from %(old_rank)s to %(new_rank)s.",
            "Its rank fell by %(places)s places, from %(old_rank)s to %(new_rank)s.",
            count,
        )
    return _("Its rank stayed at %(new_rank)s.")


def _part(share: indices.PartShare) -> str:
    if share.share == 0:
        text = _(
            "%(part)s stayed at %(new)s and did not move the index; "
            "its rank went from %(old_rank)s to %(new_rank)s."
        )
    elif round(abs(share.share), PLACES) == 0:
        text = _(
            "%(part)s moved the index by less than %(least)s: its value went from %(old)s to %(new)s "
            "and its rank from %(old_rank)s to %(new_rank)s."
        )
    elif share.share < 0:
        text = _(
            "%(part)s took %(share)s from the index: its value went from %(old)s to %(new)s "
            "and its rank from %(old_rank)s to %(new_rank)s."
        )
    else:
        text = _(
            "%(part)s gave the index %(share)s: its value went from %(old)s to %(new)s "
            "and its rank from %(old_rank)s to %(new_rank)s."
        )
    return text % {
        "part": words.part_names()[share.part],
        "share": _number(abs(share.share)),
        "least": _number(10**-PLACES),
        "old": _number(share.before),
        "new": _number(share.after),
        "old_rank": pages.digits(share.rank_before),
        "new_rank": pages.digits(share.rank),
    }


def _others(change: indices.Change) -> list[str]:
    rank = change.rank
    facts = _facts(change) | {
        "still": pages.digits(rank.if_stood_still),
        "others": pages.digits(abs(rank.by_others)),
        "own": pages.digits(abs(rank.by_own)),
        "passed": pages.digits(len(rank.passed)),
        "passed_by": pages.digits(len(rank.passed_by)),
        "mean": _number(abs(change.mean_change)),
    }
    world = (
        _("In the same time the mean of the states that both editions ranked rose by %(mean)s.")
        if change.mean_change > 0
        else _("In the same time the mean of the states that both editions ranked fell by %(mean)s.")
    )
    return [
        world % facts,
        _("Had its value stayed as it was, it would stand at rank %(still)s in %(after)s.") % facts,
        f"{_moved_by_others(rank.by_others)} {_moved_by_itself(rank.by_own)}" % facts,
        _changed_sides(rank) % facts,
    ]


def _changed_sides(rank: indices.RankMoves) -> str:
    if rank.passed and rank.passed_by:
        return _("Of the others it passed %(passed)s and was passed by %(passed_by)s.")
    if rank.passed:
        return _("Of the others it passed %(passed)s and was passed by none.")
    if rank.passed_by:
        return _("It passed no state and was passed by %(passed_by)s.")
    return _("It passed no state, and none passed it.")


def _moved_by_others(places: int) -> str:
    if places < 0:
        return _("In places, the movement of the others cost it %(others)s,")
    if places > 0:
        return _("In places, the movement of the others gave it %(others)s,")
    return _("The movement of the others changed no place,")


def _moved_by_itself(places: int) -> str:
    if places < 0:
        return _("its own movement cost %(own)s.")
    if places > 0:
        return _("its own movement gave %(own)s.")
    return _("its own movement changed none.")


def _method(change: indices.Change) -> list[str]:
    if not change.method_changes:
        return []
    return [
        _("The two editions do not measure the same. What changed: %(what)s.")
        % {"what": words.changes_of_method(change.method_changes)},
        _("So a part of the change may come from the measure and not from the country."),
    ]


def _facts(change: indices.Change) -> dict[str, str]:
    return {
        "country": words.country_names()[change.iso3],
        "before": pages.digits(change.edition_before),
        "after": pages.digits(change.edition),
        "old": _number(change.before),
        "new": _number(change.after),
        "change": _number(abs(change.change)),
        "old_rank": pages.digits(change.rank.before),
        "new_rank": pages.digits(change.rank.after),
        "places": pages.digits(abs(change.rank.places)),
    }


def _number(value: float) -> str:
    return pages.show_number(value, PLACES)
