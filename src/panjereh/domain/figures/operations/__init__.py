"""Each module does one thing to the figures."""
