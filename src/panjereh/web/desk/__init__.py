"""Pages of officers: who sits where, what they may do there, and what they did."""
