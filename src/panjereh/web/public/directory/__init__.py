"""Agencies and law for everybody: who belongs to whom, what each does, who rests on which article."""
