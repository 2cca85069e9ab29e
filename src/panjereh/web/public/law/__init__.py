"""What an electronic document is worth in law: one page each for courts, banks, offices and people."""
