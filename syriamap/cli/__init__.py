"""
The command line: parse, call, print. :mod:`.app` has the program, each group of commands its module.
"""
