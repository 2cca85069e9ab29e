"""Published indices, for programs: editions with their values and sources, series, targets, checks."""
