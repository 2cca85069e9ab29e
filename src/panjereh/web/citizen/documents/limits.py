"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import TAKING_AWAY

LIMITS = {
    "citizen:document_file": (TAKING_AWAY,),
}
