"""Turning a template and a record into a PDF, behind walls: templates are code from outside."""
