"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "oversight:assessment_csv": (READING,),
}
