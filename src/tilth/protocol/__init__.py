"""The sealed ledger's protocol in Python: keys, cards, entries, exports. Plain Python; knows nothing of the server."""
