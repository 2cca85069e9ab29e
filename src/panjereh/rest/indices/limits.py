"""How far the routes of this package are limited."""

from panjereh.plumbing.policies import READING

LIMITS = {
    "rest:indices": (READING,),
    "rest:index_edition": (READING,),
    "rest:index_values": (READING,),
    "rest:index_edition_file": (READING,),
    "rest:index_file": (READING,),
    "rest:index_raw_file": (READING,),
    "rest:index_questions_file": (READING,),
    "rest:index_check": (READING,),
    "rest:index_series": (READING,),
    "rest:index_targets": (READING,),
    "rest:index_catalogue": (READING,),
    "rest:index_scenario": (READING,),
    "rest:index_scenario_table": (READING,),
}
