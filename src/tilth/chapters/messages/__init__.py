"""Messages (C2): threads with an agreed response window, "seen, will answer by" and "no rush"; no read receipts."""
