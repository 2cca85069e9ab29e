"""What an operator of the platform keeps going: failed jobs, signs of intrusion, breaches."""
