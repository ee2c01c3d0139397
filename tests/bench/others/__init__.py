"""The same small scene in other frameworks, and visitors for it. The scenes run in an environment of their own."""
