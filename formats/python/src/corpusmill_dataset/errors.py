"""What can be wrong with a dataset. Every message says what, where, what was found and what to do."""


class DatasetError(ValueError):
    """The dataset cannot be read as it is: another format, an inconsistent manifest, an unknown split."""


class MissingDatasetError(DatasetError, FileNotFoundError):
    """There is no manifest, so there is no dataset."""

    # FileNotFoundError formats (errno, text) pairs; this one carries a sentence.
    def __str__(self) -> str:
        return str(self.args[0])


class DamagedShardError(DatasetError):
    """A shard is missing, truncated, or not what the manifest says."""
