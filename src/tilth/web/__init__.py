"""The shell around the chapters: today, a partnership's home, its timeline, the first steps, invitations."""
