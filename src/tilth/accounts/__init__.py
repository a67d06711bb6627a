"""People: how they sign in, the public cards they are known by, the wrapped keys kept for them, and their devices."""
