import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.catalogue.rules.expressions import (
    CEL,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_LIST,
    ExpressionError,
    Type,
    check,
)

SHAPE = {
    "place": {"found": Type.BOOL, "kind": Type.STRING, "floor": Type.INT},
    "form": {"source": Type.STRING},
}
FACTS = {"place": {"found": True, "kind": "dwelling", "floor": 3}, "form": {"source": "register"}}


@pytest.mark.parametrize(
    ("expression", "kind", "names"),
    [
        ("place.found", Type.BOOL, {"place"}),
        ("'ده'", Type.STRING, set()),
        ("12", Type.INT, set()),
        ("true", Type.BOOL, set()),
        ("!place.found && !false", Type.BOOL, {"place"}),
        ("place.kind == 'dwelling' || form.source != 'x'", Type.BOOL, {"place", "form"}),
        ("place.floor >= 3", Type.BOOL, {"place"}),
        ("place.found ? place.kind : form.source", Type.STRING, {"place", "form"}),
        ("place.kind in ['dwelling', 'shop']", Type.BOOL, {"place"}),
        ("size(place.kind) > 2", Type.BOOL, {"place"}),
        ("(place.found)", Type.BOOL, {"place"}),
    ],
)
def test_what_a_pack_may_say_has_a_type_and_known_names(expression, kind, names):
    checked = check(expression, SHAPE)

    assert (checked.type, checked.names) == (kind, names)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "unexpected end"),
        ("place", "expected ."),
        ("nowhere.found", "unknown name"),
        ("place.street", "no field street"),
        ("place.found.deeper", "expected the end"),
        ("place.found &&", "unexpected end"),
        ("place.found place.found", "expected the end"),
        ("place.found == 'yes'", "bool expected, string found"),
        ("place.found < true", "does not compare"),
        ("place.kind && place.found", "bool expected"),
        ("!place.kind", "bool expected"),
        ("place.found ? 1 : 'one'", "int expected"),
        ("place.kind in [1]", "string expected"),
        ("place.kind in [place.kind]", "no literal"),
        ("place.kind in ['a', 1]", "one type"),
        ("place.kind in ['a'", r"expected \]"),
        ("size(place.floor)", "string expected"),
        ("[1, 2].map(x, x * 2)", "cannot be read|unexpected"),
        ("place.kind.matches('a+')", "expected the end"),
        ("has(place.kind)", "unknown name has"),
        ("place.kind + 'x'", "cannot be read"),
        ("'it\\'s'", "cannot be read"),
        ('"double"', "cannot be read"),
        ("12345678901", "cannot be read"),
        ("12a", "cannot be read"),
        ("timestamp('2026')", "unknown name timestamp"),
        ("(" * (MAX_DEPTH + 1) + "true", "nested deeper"),
        ("'" + "a" * MAX_LENGTH + "'", "longer than"),
        (f"place.floor in [{', '.join('1' * (MAX_LIST + 1))}]", "at most"),
    ],
)
def test_everything_else_is_refused_with_its_reason(expression, why):
    with pytest.raises(ExpressionError, match=why):
        check(expression, SHAPE)


@pytest.mark.slow
@given(st.text(alphabet="place.foundkis=!&|<>?:()[]', 0123 \n", max_size=60))
def test_no_text_breaks_the_walk(text):
    try:
        check(text, SHAPE)
    except ExpressionError:
        return
    CEL.evaluate(text, FACTS)


LEAVES = st.sampled_from(
    [
        ("place.found", lambda facts: facts["place"]["found"]),
        ("place.kind == 'dwelling'", lambda facts: facts["place"]["kind"] == "dwelling"),
        ("place.floor > 2", lambda facts: facts["place"]["floor"] > 2),
        (
            "form.source in ['register', 'typed']",
            lambda facts: facts["form"]["source"] in {"register", "typed"},
        ),
        ("size(form.source) == 5", lambda facts: len(facts["form"]["source"]) == 5),
        ("false", lambda _facts: False),
    ]
)


def joined(sign, join):
    return lambda pair: (
        f"({pair[0][0]} {sign} {pair[1][0]})",
        lambda facts: join(bool(pair[0][1](facts)), bool(pair[1][1](facts))),
    )


def negated(inner):
    return f"!({inner[0]})", lambda facts: not inner[1](facts)


CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(inner, inner).map(joined("&&", operator.and_))
        | st.tuples(inner, inner).map(joined("||", operator.or_))
        | inner.map(negated)
    ),
    max_leaves=6,
)
ANY_FACTS = st.fixed_dictionaries(
    {
        "place": st.fixed_dictionaries(
            {
                "found": st.booleans(),
                "kind": st.sampled_from(["dwelling", "shop", "زمین"]),
                "floor": st.integers(0, 5),
            }
        ),
        "form": st.fixed_dictionaries({"source": st.sampled_from(["register", "typed", "پستی‌ها", ""])}),
    }
)


@pytest.mark.slow
@given(CONDITIONS, ANY_FACTS)
def test_the_evaluator_agrees_with_the_same_logic_in_python(condition, facts):
    expression, expected = condition

    assert check(expression, SHAPE).type is Type.BOOL
    assert CEL.evaluate(expression, facts) is bool(expected(facts))


def test_the_evaluator_reports_a_name_without_a_value():
    with pytest.raises(ExpressionError):
        CEL.evaluate("place.kind == 'x'", {"form": {"source": ""}})


def test_the_evaluator_names_what_an_expression_reads():
    assert CEL.names("place.found && form.source == 'x'") == {"place", "form"}
