"""What the platform tells people: the inbox, which is the truth, and the text messages that point to it."""
