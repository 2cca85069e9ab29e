"""Signs of intrusion, and breaches with the clocks of those who must be told."""
