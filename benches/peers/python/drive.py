"""Repeats calls by boto3 and prints what they took: drive.py WORK CALLS [URL]."""

import json
import sys
import time

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config

RESPONSE = {
    "EngagementInvitationId": "engi-4f7k2m9qx1zbt",
    "Message": "The task is working.",
    "OpportunityId": "O1234567890",
    "ReasonCode": "RequestThrottled",
    "ResourceSnapshotJobId": "job-4f7k2m9qx1zbt",
    "StartTime": "2026-06-30T12:34:56.789Z",
    "TaskArn": "arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/"
    "engagement-by-accepting-invitation-task/task-4f7k2m9qx1zbt",
    "TaskId": "task-4f7k2m9qx1zbt",
    "TaskStatus": "IN_PROGRESS",
}


def canned(request, **_):
    """Answers in place of the HTTP client."""
    response = AWSResponse(request.url, 200, {"content-type": "application/x-amz-json-1.0"}, None)
    response._content = BODY
    return response


BODY = json.dumps(RESPONSE, separators=(",", ":")).encode()


def main(work, calls, url="http://127.0.0.1:1"):
    client = boto3.client(
        "partnercentral-selling",
        region_name="us-east-1",
        endpoint_url=url or "http://127.0.0.1:1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        config=Config(proxies={}),
    )
    if work == "blocking-no-socket":
        client.meta.events.register("before-send.*", canned)

    def call():
        client.start_engagement_by_accepting_invitation_task(
            Catalog="Sandbox",
            ClientToken="0a1b2c3d-4e5f-4678-9abc-def012345678",
            Identifier="engi-4f7k2m9qx1zbt",
            Tags=[{"Key": "team", "Value": "alliances"}, {"Key": "region", "Value": "emea"}],
        )

    call()
    cpu, wall = time.thread_time(), time.perf_counter()
    for _ in range(calls):
        call()
    print(json.dumps({"calls": calls, "cpu": time.thread_time() - cpu, "wall": time.perf_counter() - wall}))


main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
