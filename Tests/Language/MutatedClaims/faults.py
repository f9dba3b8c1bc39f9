"""What is raised for an edit that makes no claim."""


class NotAClaim(Exception):
    """An expression that the language would not take, or that says too little to be judged."""
