"""What backstep says of claims."""
import json
import subprocess


def verdicts(binary, session, claims):
    """For each claim its verdict and, where that is `error`, the message.

    An error ends a run, and so the claims after it go into another.
    """
    found = []
    while len(found) < len(claims):
        found += answers(binary, session, claims[len(found):])
    return found


def answers(binary, session, claims):
    """What one run says, which may end early."""
    lines = session + [f"claim always {claim}" for claim in claims]
    typed = "\n".join(lines) + "\n"
    run = subprocess.run([binary, "run", "--json", "-"], input=typed, capture_output=True, text=True)
    found = []
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        if answer["line"] > len(session):
            found.append((answer.get("verdict", "error"), answer.get("error", "")))
        elif not answer["ok"]:
            raise RuntimeError("\n".join(session) + f"\n{answer}")
    return found or [("error", f"no answer, exit status {run.returncode}")]
