"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "oversight:figure_events_csv": (READING,),
}
