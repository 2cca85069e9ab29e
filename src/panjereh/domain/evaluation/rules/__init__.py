"""Pure decisions: no row, no clock, no framework."""
