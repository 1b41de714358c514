"""The second opinion: who does what where, as a dependency parse has it."""
