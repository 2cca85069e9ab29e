"""Work outside a request: each job reads the clock and calls one operation through a door."""
