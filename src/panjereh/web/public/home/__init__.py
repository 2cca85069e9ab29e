"""The first page: what are you looking for?"""
