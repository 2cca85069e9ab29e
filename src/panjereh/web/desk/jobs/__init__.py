"""Jobs that failed for good: an operator of the platform runs them again or puts them aside."""
