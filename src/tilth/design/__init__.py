"""How Tilth looks and speaks: the template environment, layouts, components, dates in words, and the rings."""
