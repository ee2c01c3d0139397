"""A learner's phone: joining a room, voting, asking, and the sheet to take home."""
