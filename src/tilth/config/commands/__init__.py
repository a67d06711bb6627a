"""The subcommands of `tilth`: each module has `add_options(parser)` and `run(options) -> exit code`."""
