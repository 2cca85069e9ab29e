"""Who people are and how surely that is known: subjects, accounts and the proof at sign-in."""
