"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "rest:index_assessments": (READING,),
    "rest:index_assessment": (READING,),
}
