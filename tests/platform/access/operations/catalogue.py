"""The rows of `catalogue` in the table of doors."""

PUBLIC = {
    "catalogue.added_words", "catalogue.citations", "catalogue.current_pack", "catalogue.lost_law",
    "catalogue.pack", "catalogue.pack_files", "catalogue.published_services", "catalogue.search",
    "catalogue.search_exactly", "catalogue.service",
}  # fmt: skip
PURE = {
    "catalogue.decide", "catalogue.document_data", "catalogue.initial", "catalogue.is_shown",
    "catalogue.request_of", "catalogue.sort_key",
}  # fmt: skip
WORK = {"catalogue.install_packs"}
