"""What the walk looks at of `web/oversight/index_data`."""

PUBLIC = {
    "index-data": "indices/data/",
    "index-others": "indices/others/",
    "index-other": "indices/others/odin/",
    "index-questions": "indices/questions/",
    "index-question-list": "indices/questions/losi-2024/",
    "index-raw": "indices/countries/IRN/raw/",
}
SEEN_AS = {
    "index_data/data.html": ("index-data",),
    "index_data/other.html": ("index-other",),
    "index_data/others.html": ("index-others",),
    "index_data/question_list.html": ("index-question-list",),
    "index_data/questions.html": ("index-questions",),
    "index_data/raw.html": ("index-raw",),
}
