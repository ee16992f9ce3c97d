"""The exceptions of claimatlas: one root, few children, each telling the reader what to do."""


class ClaimatlasError(Exception):
    """Root of every error that claimatlas raises on purpose.

    Catch it to handle whatever the package says about its input; its message is one sentence
    that names the value and the likely remedy.
    """


class InputError(ClaimatlasError, ValueError):
    """A report, table or option cannot be used. Correct the input named in the message."""


class GazetteerError(ClaimatlasError, ValueError):
    """The gazetteer, or a file to import into it, has faults. The message lists all of them."""


class DecisionError(ClaimatlasError, ValueError):
    """`decisions.yml` cannot be read. Correct the entries named in the message."""


class OutputError(ClaimatlasError, OSError):
    """A result cannot be written or read back. Free the path named in the message and run again."""


class MissingDependencyError(ClaimatlasError, ImportError):
    """An optional library is needed for this. Install the extra named in the message."""


def say_yaml_fault(error: Exception, above: int = 0) -> str:
    """What is wrong with a piece of YAML, in a few words with its line.

    Args:
        error: What reading it raised.
        above: How many lines of the file stand above the piece.
    """
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None or not problem:
        return " ".join(str(error).split())[:200]
    return f"line {mark.line + 1 + above}: {problem}"
