"""What a person allowed programs, and the way to take it back."""
