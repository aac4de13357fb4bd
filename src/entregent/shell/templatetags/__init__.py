"""The shell's tags, builtins of every template."""
