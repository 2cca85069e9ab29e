"""The rows of `figures` in the table of doors."""

PUBLIC = {
    "figures.counted_at", "figures.events_behind", "figures.figure_table", "figures.figure_totals",
    "figures.find_definition", "figures.read_definitions", "figures.verify_figure",
}  # fmt: skip
WORK = {"figures.roll_up"}
