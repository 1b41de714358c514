"""The command line: parse, call, print; each group of commands has a module."""
