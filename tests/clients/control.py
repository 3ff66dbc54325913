"""What the Python clients share: the mock's control API, and a line a case."""

import json
import os
import sys
import urllib.request

URL = os.environ.get("MOCK_URL", "")

# Every modelled error, and how many requests a client makes that is told to try three times.
ERRORS = {
    "AccessDeniedException": 1,
    "ConflictException": 1,
    "InternalServerException": 3,
    "ResourceNotFoundException": 1,
    "ServiceQuotaExceededException": 1,
    "ThrottlingException": 3,
    "ValidationException": 1,
}
OPERATION = "StartEngagementFromOpportunityTask"
failed = False


def control(method, path, body=None, url=URL):
    request = urllib.request.Request(
        f"{url}/_mock/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        text = response.read()
    return json.loads(text) if text else None


def expect_error(name):
    control("POST", "reset")
    members = {"Reason": "REQUEST_VALIDATION_FAILED"} if name == "ValidationException" else {}
    error = {"name": name, "message": f"the {name}", "members": members}
    control("POST", "expectations", {"operation": OPERATION, "respond": {"error": error}})


def received():
    return control("GET", "requests")["received"]


def case(name, check):
    """Runs a case, whose check returns what is wrong or nothing."""
    global failed
    try:
        wrong = check()
    except Exception as error:  # a client may raise anything
        wrong = f"{type(error).__name__}: {error}"
    failed = failed or bool(wrong)
    print(f"FAIL {name}: {wrong}" if wrong else f"ok {name}", flush=True)


def differs(found, expected):
    return None if found == expected else f"expected {expected!r}, got {found!r}"


def end():
    sys.exit(1 if failed else 0)
