"""What an officer did at the desk, shown to themself."""
