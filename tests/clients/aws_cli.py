"""The AWS CLI, version 1 or 2, against the mock. The command to run is in AWS_COMMAND."""

import json
import os
import subprocess

from control import ERRORS, URL, case, control, differs, end, expect_error, received

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_RETRY_MODE": "standard",
    "AWS_MAX_ATTEMPTS": "3",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def aws(*arguments):
    command = [os.environ["AWS_COMMAND"], "--endpoint-url", URL, "partnercentral-selling", *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True)


def from_opportunity(token="a-token", identifier="O1234567"):
    return aws(
        "start-engagement-from-opportunity-task", "--catalog", "Sandbox", "--identifier", identifier,
        "--client-token", token, "--aws-submission", "InvolvementType=Co-Sell,Visibility=Full",
    )


def output(done):
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)


def typed_output():
    control("POST", "reset")
    found = output(from_opportunity())
    return differs((found["TaskStatus"], found["OpportunityId"]), ("IN_PROGRESS", "O1234567"))


def other_operation():
    done = aws(
        "start-engagement-by-accepting-invitation-task", "--catalog", "Sandbox",
        "--identifier", "engi-0123456789abc", "--client-token", "a-token",
    )
    return differs(output(done)["EngagementInvitationId"], "engi-0123456789abc")


def same_token():
    return differs(output(from_opportunity("again"))["TaskId"], output(from_opportunity("again"))["TaskId"])


def refused():
    control("POST", "reset")
    done = from_opportunity(identifier="none")
    return differs(("(ValidationException)" in done.stderr, received()), (True, 1))


def error(name, attempts):
    expect_error(name)
    done = from_opportunity()
    told = f"({name})" in done.stderr and f"the {name}" in done.stderr
    return differs((told, received()), (True, attempts))


case("typed output", typed_output)
case("other operation", other_operation)
case("same token", same_token)
case("validation", refused)
for name, attempts in ERRORS.items():
    case(name, lambda: error(name, attempts))
end()
