"""The agreement: what the two have both signed about how they want to work together.

Practices F1 (how and when we talk), F2 (our rhythm), F3 (our time) and F4 (what success is for each). A proposal is
drafted section by section; its prose is sealed, what the product acts on is public `Terms`. It is in force once both
signatures cover the same entry, and it is amended by a proposal that replaces it.
"""
