"""Why an index and a rank moved between two editions: exact shares that add up."""

from dataclasses import dataclass

from panjereh.domain.indices.rules.editions import method_changes
from panjereh.domain.indices.rules.ranking import rank_of
from panjereh.domain.indices.rules.tables import EditionTable


@dataclass(frozen=True, slots=True)
class PartShare:
    """What one part did to the index: by its value (mean weight) and by its weight (mean value)."""

    part: str
    before: float
    after: float
    rank_before: int
    rank: int
    by_value: float
    by_weight: float

    @property
    def share(self) -> float:
        """What the part added to the change of the index."""
        return self.by_value + self.by_weight


@dataclass(frozen=True, slots=True)
class RankMoves:
    """Why the rank moved, in places; more than none is better.

    `if_stood_still` is the rank that the old value would have in the new edition. So
    `by_others` is what the others did before it moved, `by_own` what its own movement did then, and together
    they are `places`, to the place. The lists name who changed sides; `entered_above` are
    states ranked only in the new edition, `left_from_above` only in the old one.
    """

    before: int
    after: int
    if_stood_still: int
    passed: tuple[str, ...]
    passed_by: tuple[str, ...]
    entered_above: tuple[str, ...]
    left_from_above: tuple[str, ...]

    @property
    def places(self) -> int:
        """How many places the state climbed."""
        return self.before - self.after

    @property
    def by_others(self) -> int:
        """How many of them the others gave, or took."""
        return self.before - self.if_stood_still

    @property
    def by_own(self) -> int:
        """How many of them the state's own movement gave."""
        return self.if_stood_still - self.after


@dataclass(frozen=True, slots=True)
class Change:
    """A state between two editions. The shares of `parts` and `rounding` add up to `change`.

    `method_changes` names what the newer edition computes otherwise: the two values measure different things.
    `mean_change` is the change of the mean over states that both editions ranked. `published_before` and
    `published` are the published ranks, which four times are others than those of the published values.
    """

    iso3: str
    edition_before: str
    edition: str
    before: float
    after: float
    parts: tuple[PartShare, ...]
    rounding: float
    rank: RankMoves
    mean_change: float
    method_changes: tuple[str, ...]
    published_before: int | None = None
    published: int | None = None

    @property
    def change(self) -> float:
        """How much the index rose."""
        return self.after - self.before

    @property
    def has_grown(self) -> bool:
        """Whether the index is greater than before (R-099 asks for an issue where it is not)."""
        return self.after > self.before

    @property
    def strongest(self) -> PartShare:
        """The part that moved the index most, up or down."""
        return max(self.parts, key=lambda part: abs(part.share))


def explain_change(before: EditionTable, after: EditionTable, iso3: str) -> Change:
    """Return what moved a state's index and rank from one edition to another.

    Raises `StateNotRanked` where one of them did not rank it, `PartUnknown` for parts that only one has.
    """
    parts = tuple(_share(before, after, iso3, part) for part in after.method.parts)
    old, new = before.value(iso3), after.value(iso3)
    both = [name for name in after.ranked if name in before.ranked]
    return Change(
        iso3=iso3,
        edition_before=before.edition,
        edition=after.edition,
        before=old,
        after=new,
        parts=parts,
        rounding=(new - old) - sum(part.share for part in parts),
        rank=explain_rank(before, after, iso3),
        mean_change=sum(after.value(name) - before.value(name) for name in both) / len(both),
        method_changes=method_changes(before.method, after.method),
        published_before=before.row(iso3).published_rank,
        published=after.row(iso3).published_rank,
    )


def explain_rank(before: EditionTable, after: EditionTable, iso3: str, part: str | None = None) -> RankMoves:
    """Return what moved a state's rank in a part, the index by default."""
    old, new = before.value(iso3, part), after.value(iso3, part)
    was, now = before.values(part), after.values(part)
    above_before = {name for name, value in was.items() if value > old}
    above = {name for name, value in now.items() if value > new}
    others = sorted(value for name, value in now.items() if name != iso3)
    return RankMoves(
        before=1 + len(above_before),
        after=1 + len(above),
        if_stood_still=rank_of(old, others),
        passed=tuple(sorted(name for name in above_before - above if name in now)),
        passed_by=tuple(sorted(name for name in above - above_before if name in was)),
        entered_above=tuple(sorted(above - set(was))),
        left_from_above=tuple(sorted(above_before - set(now))),
    )


def _share(before: EditionTable, after: EditionTable, iso3: str, part: str) -> PartShare:
    old, new = before.value(iso3, part), after.value(iso3, part)
    weight_old, weight_new = float(before.method.weights.get(part, 0)), float(after.method.weights[part])
    return PartShare(
        part=part,
        before=old,
        after=new,
        rank_before=before.rank(iso3, part),
        rank=after.rank(iso3, part),
        by_value=(weight_old + weight_new) / 2 * (new - old),
        by_weight=(old + new) / 2 * (weight_new - weight_old),
    )
