"""The sealed ledger: entries, the one door by which they are written, and what chapters must say of themselves."""
