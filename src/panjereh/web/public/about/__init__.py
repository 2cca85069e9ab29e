"""What this window is, who runs it, what it does with data, and whom to tell when something is wrong."""
