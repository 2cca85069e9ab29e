"""The person's own cases: start, answer, look over, submit, follow."""
