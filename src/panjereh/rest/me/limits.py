"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    # By address, for a program's token is looked at only later: each costs a call to the identity provider.
    "rest:my_cases": (READING,),
    "rest:my_case": (READING,),
    "rest:my_case_withdrawal": (READING,),
    "rest:my_documents": (READING,),
    "rest:my_document": (READING,),
    "rest:my_document_file": (READING,),
    "rest:my_accesses": (READING,),
}
