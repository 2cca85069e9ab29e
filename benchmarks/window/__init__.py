"""The window with many people: a population of cases, a few people to visit, and a player of requests."""
