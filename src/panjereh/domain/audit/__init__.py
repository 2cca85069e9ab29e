"""What happened, written by everyone and changed by nobody; and who looked at whose data."""
