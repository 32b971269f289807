"""Every error the registry raises on purpose, so that callers can tell a refusal from a fault."""

from __future__ import annotations


class RegistryError(Exception):
    """Base of all errors below; its text may be shown to the operator."""


class ConfigError(RegistryError):
    """A setting has a value the program cannot work with; one sentence that names the variable."""


class StyleRefused(ConfigError):
    """A house style that cannot be used. `faults` holds (line, what is wrong there), in the order of the file."""

    def __init__(self, source: str, faults: tuple[tuple[int, str], ...]) -> None:
        told = "\n".join(f"{source}, line {line}: {message}" for line, message in faults)
        super().__init__(f"The house style cannot be used.\n{told}")
        self.faults = faults


class TransitionRefused(RegistryError):
    """A declaration cannot go from its present status to the one asked for."""


class WordingRefused(RegistryError):
    """A corrected wording lost names or numbers of its record.

    `missing` holds what vanished, in the order of the record.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("the wording no longer contains: " + ", ".join(missing))
        self.missing = missing


class NotFound(RegistryError):
    """There is no such record, or the asker may not know that there is."""


class StaleChange(RegistryError):
    """The record was changed by somebody else since it was read."""


class Busy(RegistryError):
    """As much is being worked on as this machine takes on; in a while there will be room."""


class FontMissing(RegistryError):
    """No Chinese font is installed, and a page set without one would print boxes."""
