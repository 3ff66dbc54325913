"""boto3 against mocks of five protocols. The mocks' URLs are in MOCK_LAMBDA, MOCK_S3, MOCK_SNS, MOCK_EC2, MOCK_CLOUDWATCH."""

import base64
import datetime
import io
import os

import boto3
import botocore.config
import botocore.exceptions
import botocore.loaders

from control import case, control, differs, end


class Mock:
    def __init__(self, service, **config):
        self.url = os.environ[f"MOCK_{service.upper()}"]
        self.client = boto3.client(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=botocore.config.Config(retries={"mode": "standard", "total_max_attempts": 2}, **config),
        )

    def respond(self, operation, *answers):
        control("POST", "reset", url=self.url)
        control("POST", "expectations", {"operation": operation, "respond": list(answers)}, url=self.url)

    def last(self):
        return control("GET", "requests", url=self.url)["requests"][-1]

    def input(self):
        return self.last()["input"]


def encoded(data):
    return base64.b64encode(data).decode()


def error(call, code, message=None):
    """Calls, and says whether the error with that code came."""
    try:
        call()
    except botocore.exceptions.ClientError as raised:
        found = raised.response["Error"]
        return differs((found["Code"], found["Message"] if message else None), (code, message))
    return "no error"


# restJson1

functions = Mock("lambda")
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"


def lambda_labels_and_headers():
    functions.respond(
        "Invoke",
        {"output": {"StatusCode": 202, "FunctionError": "Handled", "LogResult": "bG9n", "Payload": encoded(b'{"a":1}')}},
    )
    output = functions.client.invoke(
        FunctionName=FUNCTION, InvocationType="Event", Qualifier="$LATEST", Payload=b"\x00\xff"
    )
    found = (output["StatusCode"], output["FunctionError"], output["LogResult"], output["Payload"].read())
    wrong = differs(found, (202, "Handled", "bG9n", b'{"a":1}'))
    sent = functions.input()
    members = {"FunctionName": FUNCTION, "InvocationType": "Event", "Qualifier": "$LATEST", "Payload": encoded(b"\x00\xff")}
    return wrong or differs(sent, members) or differs(functions.last()["method"], "POST")


def lambda_query_parameters():
    functions.respond("ListFunctions", {"output": {"NextMarker": "m", "Functions": [{"FunctionName": "f", "CodeSize": 5}]}})
    output = functions.client.list_functions(MaxItems=7, Marker="a&b=c d+e")
    return differs((output["NextMarker"], output["Functions"][0]["CodeSize"]), ("m", 5)) or differs(
        functions.input(), {"MaxItems": 7, "Marker": "a&b=c d+e"}
    )


def lambda_document():
    functions.respond("CreateFunction", {"output": {"FunctionName": "f", "Environment": {"Variables": {"k": "v"}}}})
    role = "arn:aws:iam::123456789012:role/r"
    output = functions.client.create_function(
        FunctionName="f", Role=role, Code={"ZipFile": b"PK\x03\x04"}, Environment={"Variables": {"key": "ä\n"}}, Tags={"a": ""}
    )
    sent = functions.input()
    found = (sent["Code"], sent["Environment"], sent["Tags"])
    return differs(output["Environment"]["Variables"], {"k": "v"}) or differs(
        found, ({"ZipFile": encoded(b"PK\x03\x04")}, {"Variables": {"key": "ä\n"}}, {"a": ""})
    )


def lambda_no_content():
    functions.respond("DeleteFunction", "default")
    output = functions.client.delete_function(FunctionName="f", Qualifier="2")
    return differs(output["ResponseMetadata"]["HTTPStatusCode"], 204)


def lambda_error():
    functions.respond("GetFunction", {"error": {"name": "ResourceNotFoundException", "message": "gone", "members": {"Type": "User"}}})
    try:
        functions.client.get_function(FunctionName="f")
    except functions.client.exceptions.ResourceNotFoundException as raised:
        return differs((raised.response["Error"]["Message"], raised.response["Type"]), ("gone", "User"))
    return "no error"


def lambda_throttling():
    throttled = {"error": {"name": "TooManyRequestsException", "message": "later", "members": {"retryAfterSeconds": "1"}}}
    functions.respond("UpdateFunctionConfiguration", throttled, {"output": {"FunctionName": "f"}})
    return differs(functions.client.update_function_configuration(FunctionName="f", Timeout=3)["FunctionName"], "f")


# restXml

storage = Mock("s3")


def s3_stream_in():
    storage.respond("PutObject", {"output": {"ETag": '"tag"', "VersionId": "v"}})
    body = os.urandom(60_000)
    output = storage.client.put_object(
        Bucket="a-bucket", Key="k/ä 1+2", Body=io.BytesIO(body), Metadata={"one": "1"}, ContentType="text/x"
    )
    sent = storage.input()
    found = (sent["Key"], sent["Metadata"], sent["ContentType"], base64.b64decode(sent["Body"]) == body)
    return differs((output["ETag"], output["VersionId"]), ('"tag"', "v")) or differs(
        found, ("k/ä 1+2", {"one": "1"}, "text/x", True)
    )


def s3_stream_out():
    body = os.urandom(300_000)
    modified = "2026-01-02T03:04:05Z"
    storage.respond(
        "GetObject",
        {"output": {"Body": encoded(body), "LastModified": modified, "Metadata": {"a": "b"}, "ContentRange": "bytes 0-1/2"}},
    )
    output = storage.client.get_object(Bucket="a-bucket", Key="k", Range="bytes=0-1")
    found = (output["Body"].read() == body, output["LastModified"].isoformat(), output["Metadata"], output["ContentRange"])
    return differs(found, (True, "2026-01-02T03:04:05+00:00", {"a": "b"}, "bytes 0-1/2"))


def s3_list():
    contents = [{"Key": "a&b", "Size": 3, "LastModified": "2026-01-02T03:04:05Z"}, {"Key": "<c>", "Size": 0}]
    listed = {"Contents": contents, "CommonPrefixes": [{"Prefix": "p/"}], "IsTruncated": False, "KeyCount": 3}
    storage.respond("ListObjectsV2", {"output": listed})
    output = storage.client.list_objects_v2(Bucket="a-bucket", Prefix="p/", Delimiter="/", MaxKeys=3)
    found = ([entry["Key"] for entry in output["Contents"]], output["CommonPrefixes"], output["IsTruncated"])
    sent = storage.input()
    return differs(found, (["a&b", "<c>"], [{"Prefix": "p/"}], False)) or differs(
        (sent["Bucket"], sent["Prefix"], sent["Delimiter"], sent["MaxKeys"]), ("a-bucket", "p/", "/", 3)
    )


def s3_document():
    deleted = {"Deleted": [{"Key": "a"}], "Errors": [{"Key": "b", "Code": "AccessDenied", "Message": "no"}]}
    storage.respond("DeleteObjects", {"output": deleted})
    output = storage.client.delete_objects(Bucket="a-bucket", Delete={"Objects": [{"Key": "a"}, {"Key": "b&"}], "Quiet": True})
    found = (output["Deleted"], output["Errors"])
    return differs(found, (deleted["Deleted"], deleted["Errors"])) or differs(
        storage.input()["Delete"], {"Objects": [{"Key": "a"}, {"Key": "b&"}], "Quiet": True}
    )


def s3_unwrapped():
    storage.respond("GetBucketLocation", {"output": {"LocationConstraint": "eu-west-1"}})
    return differs(storage.client.get_bucket_location(Bucket="a-bucket")["LocationConstraint"], "eu-west-1")


def s3_error():
    storage.respond("GetObject", {"error": {"name": "NoSuchKey"}})
    return error(lambda: storage.client.get_object(Bucket="a-bucket", Key="k"), "NoSuchKey")


def s3_head():
    storage.respond("HeadObject", {"http": {"status": 404, "headers": {}, "body": ""}})
    return error(lambda: storage.client.head_object(Bucket="a-bucket", Key="k"), "404")


def s3_error_in_success():
    text = "<Error><Code>InternalError</Code><Message>late</Message></Error>"
    copied = {"output": {"CopyObjectResult": {"ETag": '"e"'}}}
    storage.respond("CopyObject", {"http": {"status": 200, "headers": {"content-type": "application/xml"}, "body": text}}, copied)
    output = storage.client.copy_object(Bucket="a-bucket", Key="k", CopySource="b/k")
    return differs(output["CopyObjectResult"]["ETag"], '"e"')


# awsQuery

topics = Mock("sns")
TOPIC = "arn:aws:sns:us-east-1:123456789012:t"


def sns_maps():
    topics.respond("CreateTopic", {"output": {"TopicArn": TOPIC}})
    output = topics.client.create_topic(
        Name="t", Attributes={"DisplayName": "a & b", "FifoTopic": "true"}, Tags=[{"Key": "k", "Value": "v"}]
    )
    sent = topics.input()
    return differs(output["TopicArn"], TOPIC) or differs(
        (sent["Attributes"], sent["Tags"]), ({"DisplayName": "a & b", "FifoTopic": "true"}, [{"Key": "k", "Value": "v"}])
    )


def sns_blobs():
    topics.respond("Publish", {"output": {"MessageId": "m"}})
    attributes = {"b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    output = topics.client.publish(TopicArn=TOPIC, Message="ä + & =", MessageAttributes=attributes)
    sent = topics.input()
    expected = {"b": {"DataType": "Binary", "BinaryValue": encoded(b"\x00\xff")}}
    return differs(output["MessageId"], "m") or differs((sent["Message"], sent["MessageAttributes"]), ("ä + & =", expected))


def sns_batch():
    batch = {"Successful": [{"Id": "1", "MessageId": "m"}], "Failed": [{"Id": "2", "Code": "c", "SenderFault": True}]}
    topics.respond("PublishBatch", {"output": batch})
    entries = [{"Id": "1", "Message": "a"}, {"Id": "2", "Message": "b"}]
    output = topics.client.publish_batch(TopicArn=TOPIC, PublishBatchRequestEntries=entries)
    return differs((output["Successful"], output["Failed"]), (batch["Successful"], batch["Failed"])) or differs(
        topics.input()["PublishBatchRequestEntries"], entries
    )


def sns_map_output():
    topics.respond("GetTopicAttributes", {"output": {"Attributes": {"Policy": '{"a": "<b>"}', "Owner": "1"}}})
    output = topics.client.get_topic_attributes(TopicArn=TOPIC)
    return differs(output["Attributes"], {"Policy": '{"a": "<b>"}', "Owner": "1"})


def sns_pages():
    topics.respond("ListTopics", "default")
    pages = list(topics.client.get_paginator("list_topics").paginate())
    return differs(len(pages), 3)


def sns_error():
    topics.respond("Subscribe", {"error": {"name": "InvalidParameterException", "message": "wrong"}})
    return error(lambda: topics.client.subscribe(TopicArn=TOPIC, Protocol="http"), "InvalidParameter", "wrong")


# ec2Query

machines = Mock("ec2")


def ec2_filters():
    instance = {"InstanceId": "i-1", "State": {"Name": "running", "Code": 16}, "LaunchTime": "2026-01-02T03:04:05Z"}
    machines.respond("DescribeInstances", {"output": {"Reservations": [{"ReservationId": "r", "Instances": [instance]}]}})
    filters = [{"Name": "tag:a", "Values": ["x", "y"]}]
    output = machines.client.describe_instances(Filters=filters, MaxResults=5)
    found = output["Reservations"][0]["Instances"][0]
    sent = machines.input()
    wrong = differs((found["State"], found["LaunchTime"].year), ({"Name": "running", "Code": 16}, 2026))
    return wrong or differs((sent["Filters"], sent["MaxResults"]), (filters, 5))


def ec2_structures():
    machines.respond("RunInstances", {"output": {"ReservationId": "r", "Instances": [{"InstanceId": "i-1"}]}})
    mappings = [{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, "Encrypted": True}}]
    output = machines.client.run_instances(
        ImageId="ami-1", MinCount=1, MaxCount=2, BlockDeviceMappings=mappings, UserData="text", InstanceType="t3.micro"
    )
    sent = machines.input()
    return differs(output["Instances"][0]["InstanceId"], "i-1") or differs(
        (sent["BlockDeviceMappings"], sent["MaxCount"]), (mappings, 2)
    )


def ec2_lists():
    machines.respond("CreateTags", "default")
    machines.client.create_tags(Resources=["i-1", "i-2"], Tags=[{"Key": "k", "Value": "v"}])
    sent = machines.input()
    return differs((sent["Resources"], sent["Tags"]), (["i-1", "i-2"], [{"Key": "k", "Value": "v"}]))


def ec2_booleans():
    machines.respond("DescribeRegions", {"output": {"Regions": [{"RegionName": "eu-west-1", "Endpoint": "e"}]}})
    output = machines.client.describe_regions(AllRegions=False, RegionNames=["eu-west-1"])
    sent = machines.input()
    return differs(output["Regions"][0]["RegionName"], "eu-west-1") or differs(
        (sent["AllRegions"], sent["RegionNames"]), (False, ["eu-west-1"])
    )


def ec2_nested_output():
    vpc = {"VpcId": "vpc-1", "IsDefault": False, "Tags": [{"Key": "k", "Value": ""}]}
    machines.respond("DescribeVpcs", {"output": {"Vpcs": [vpc]}})
    output = machines.client.describe_vpcs(VpcIds=["vpc-1"])
    return differs(output["Vpcs"], [vpc])


def ec2_error():
    machines.respond("DeleteVpc", {"error": {"name": "InvalidVpcID.NotFound", "message": "none", "status": 400}})
    return error(lambda: machines.client.delete_vpc(VpcId="vpc-1"), "InvalidVpcID.NotFound", "none")


# RPC v2 CBOR: botocore prefers JSON where a service has both.

load = botocore.loaders.Loader.load_service_model


def load_cbor(self, service, type_name, api_version=None):
    model = load(self, service, type_name, api_version)
    if service == "cloudwatch" and type_name == "service-2":
        model["metadata"]["protocols"] = ["smithy-rpc-v2-cbor"]
    return model


botocore.loaders.Loader.load_service_model = load_cbor
metrics = Mock("cloudwatch")
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)


def cloudwatch_numbers_and_timestamps():
    metrics.respond("PutMetricData", "default")
    datum = {"MetricName": "m", "Timestamp": NOW, "Value": 1.5, "Dimensions": [{"Name": "d", "Value": "ä"}]}
    metrics.client.put_metric_data(Namespace="n", MetricData=[datum])
    sent = metrics.input()["MetricData"][0]
    return differs(
        (sent["Value"], sent["Timestamp"], sent["Dimensions"]), (1.5, "2026-01-02T03:04:05Z", [{"Name": "d", "Value": "ä"}])
    )


def cloudwatch_compression():
    metrics.respond("PutMetricData", "default")
    data = [{"MetricName": f"metric-{number}", "Value": float(number)} for number in range(1000)]
    metrics.client.put_metric_data(Namespace="n", MetricData=data)
    return differs(len(metrics.input()["MetricData"]), 1000)


def cloudwatch_output():
    point = {"Timestamp": "2026-01-02T03:04:05Z", "Average": 0.1, "Unit": "Percent"}
    metrics.respond("GetMetricStatistics", {"output": {"Label": "l", "Datapoints": [point]}})
    output = metrics.client.get_metric_statistics(
        Namespace="n", MetricName="m", StartTime=NOW, EndTime=NOW, Period=60, Statistics=["Average"]
    )
    found = output["Datapoints"][0]
    return differs((output["Label"], found["Timestamp"], found["Average"]), ("l", NOW, 0.1))


def cloudwatch_blob():
    metrics.respond("GetMetricWidgetImage", {"output": {"MetricWidgetImage": encoded(b"\x89PNG\x00")}})
    return differs(metrics.client.get_metric_widget_image(MetricWidget="{}")["MetricWidgetImage"], b"\x89PNG\x00")


def cloudwatch_lists():
    metrics.respond("ListMetrics", {"output": {"Metrics": [{"Namespace": "n", "MetricName": "m"}]}})
    output = metrics.client.list_metrics(Dimensions=[{"Name": "a"}])
    return differs(output["Metrics"][0]["MetricName"], "m") or differs(metrics.input()["Dimensions"], [{"Name": "a"}])


def cloudwatch_error():
    metrics.respond("DeleteAlarms", {"error": {"name": "ResourceNotFound", "message": "none"}})
    return error(lambda: metrics.client.delete_alarms(AlarmNames=["a"]), "ResourceNotFound", "none")


for check in [value for name, value in list(globals().items()) if name.split("_")[0] in
              ("lambda", "s3", "sns", "ec2", "cloudwatch") and callable(value)]:
    case(check.__name__.replace("_", " "), check)
end()
