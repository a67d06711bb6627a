"""What holds for every history, however requests are lost, doubled or shuffled."""
