"""The figures, for programs: what each counts, its numbers, and the events behind them."""
