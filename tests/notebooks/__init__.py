"""The notebooks as files: what they show before they're run, and what becomes of them where they're exported."""
