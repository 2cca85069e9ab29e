"""Pure decisions: what a data set allows, and what an answer means."""
