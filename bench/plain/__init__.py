"""What Tilth is measured against: a view with one indexed query and a template, and one that commits a row of 1 KB."""
