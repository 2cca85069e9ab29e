"""What an operator of the platform keeps going: jobs that failed for good."""
