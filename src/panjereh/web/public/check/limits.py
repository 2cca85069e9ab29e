"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "public:check_receipt_file": (READING,),
}
