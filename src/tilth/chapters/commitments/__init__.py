"""Commitments (C1): one line, an owner and a day; kept, moved in time, released, or owned when it slipped."""
