"""Who is told what, and when; never the content. Mail waits for the quiet hours and pauses of the one it is for."""
