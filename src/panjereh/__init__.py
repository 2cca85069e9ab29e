"""The platform: the citizen's window, the officer's desk, oversight, and the jobs behind them."""
