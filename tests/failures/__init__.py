"""What can happen to each call that leaves a program, and the test that shows what becomes of it."""
