"""The only package that knows everybody: settings, addresses, the command line, the process tree, the demo."""
