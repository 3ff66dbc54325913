"""boto3 against the mock."""

import datetime

import boto3
import botocore.config

from control import ERRORS, URL, case, control, differs, end, expect_error, received

client = boto3.client(
    "partnercentral-selling",
    endpoint_url=URL,
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=botocore.config.Config(retries={"mode": "standard", "total_max_attempts": 3}),
)


def from_opportunity(token="a-token", **more):
    submission = {"InvolvementType": "Co-Sell", "Visibility": "Full"}
    arguments = {"Catalog": "Sandbox", "Identifier": "O1234567", "AwsSubmission": submission, "ClientToken": token}
    return client.start_engagement_from_opportunity_task(**{**arguments, **more})


def typed_output():
    control("POST", "reset")
    output = from_opportunity(Tags=[{"Key": "k", "Value": "v"}])
    wrong = None if isinstance(output["StartTime"], datetime.datetime) else "StartTime is no datetime"
    return wrong or differs((output["TaskStatus"], output["OpportunityId"]), ("IN_PROGRESS", "O1234567"))


def other_operation():
    output = client.start_engagement_by_accepting_invitation_task(
        Catalog="Sandbox", Identifier="engi-0123456789abc", ClientToken="a-token"
    )
    return differs(output["EngagementInvitationId"], "engi-0123456789abc")


def same_token():
    return differs(from_opportunity("again")["TaskId"], from_opportunity("again")["TaskId"])


def refused():
    control("POST", "reset")
    try:
        from_opportunity(Identifier="none")
    except client.exceptions.ValidationException as error:
        fields = [violation["FieldName"] for violation in error.response["ErrorList"]]
        return differs((fields, received()), (["Identifier"], 1))
    return "not refused"


def error(name, attempts):
    expect_error(name)
    try:
        from_opportunity()
    except getattr(client.exceptions, name) as raised:
        return differs((raised.response["Error"]["Message"], received()), (f"the {name}", attempts))
    return "no error"


case("typed output", typed_output)
case("other operation", other_operation)
case("same token", same_token)
case("validation", refused)
for name, attempts in ERRORS.items():
    case(name, lambda: error(name, attempts))
end()
