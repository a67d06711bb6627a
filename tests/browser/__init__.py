"""The browser of the journeys: the machine's own Chromium, or one that comes as an npm package."""
