"""What two people do, each in a browser of their own, against the real server."""
