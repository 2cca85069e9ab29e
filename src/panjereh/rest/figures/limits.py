"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "rest:figures": (READING,),
    "rest:figure": (READING,),
    "rest:figure_events": (READING,),
}
