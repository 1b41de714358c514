"""
The command line: parse, call, print.

Each group of commands has a module (``…_commands``), :mod:`.options` what they share, :mod:`.app`
puts them together and turns errors into one line.
"""
