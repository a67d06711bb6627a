"""The pages and endpoints of the people floor."""
