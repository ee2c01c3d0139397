"""Putting a session together before the workshop: the list of its parts, and a view for each thing to add to it."""
