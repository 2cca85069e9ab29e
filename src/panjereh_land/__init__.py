"""The practice country: simulated agencies with synthetic people, speaking the real wire contracts.

For the demonstration, the tests and the training sandbox. Nobody in it exists: national numbers begin with
999, mobiles with 0980 and postal codes with 99999, and production refuses all three.
"""
