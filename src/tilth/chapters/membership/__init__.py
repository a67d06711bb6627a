"""The partnership's own life: opened, invited, joined, paused, left. Serves F3 (pause), B4 (a no-fault exit) and
Z2 (the first small thing shared: what each hopes for)."""
