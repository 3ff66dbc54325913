"""Generated command lines against moto's server. The folder of the programs is in PROGRAMS."""

import json
import os
import subprocess
import tempfile

from moto.server import ThreadedMotoServer

from control import case, differs, end

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
URL = f"http://{host}:{port}"
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": tempfile.mkdtemp(),
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ENDPOINT_URL": URL,
    "AWS_PAGER": "",
}
FOLDER = tempfile.mkdtemp()


class Refused(Exception):
    pass


def run(service, command, *arguments):
    """Runs a command and returns its output as JSON."""
    program = os.path.join(os.environ["PROGRAMS"], service)
    done = subprocess.run([program, command, *arguments], capture_output=True, env=ENVIRONMENT, timeout=60)
    if done.returncode:
        raise Refused(done.stderr.decode().strip())
    return json.loads(done.stdout) if done.stdout.strip() else None


def refused(code, service, command, *arguments):
    try:
        run(service, command, *arguments)
    except Refused as error:
        return None if f"({code})" in str(error) else str(error)
    return "not refused"


def path(name, content=None):
    file = os.path.join(FOLDER, name)
    if content is not None:
        with open(file, "wb") as writer:
            writer.write(content)
    return file


# S3

BODY = os.urandom(200_000)


def s3_bucket():
    run("s3", "create-bucket", "--bucket", "a-bucket")
    buckets = run("s3", "list-buckets")["Buckets"]
    return differs([bucket["Name"] for bucket in buckets], ["a-bucket"])


def s3_put():
    metadata = ["--metadata", "one=1,two=2", "--content-type", "text/x"]
    output = run("s3", "put-object", "--bucket", "a-bucket", "--key", "k/ä 1+2", "--body", path("in", BODY), *metadata)
    return None if output["ETag"].startswith('"') else f"ETag is {output['ETag']}"


def s3_get():
    output = run("s3", "get-object", "--bucket", "a-bucket", "--key", "k/ä 1+2", path("out"))
    with open(path("out"), "rb") as reader:
        body = reader.read()
    return differs((body == BODY, output["Metadata"], output["ContentType"]), (True, {"one": "1", "two": "2"}, "text/x"))


def s3_range():
    run("s3", "get-object", "--bucket", "a-bucket", "--key", "k/ä 1+2", "--range", "bytes=5-9", path("part"))
    with open(path("part"), "rb") as reader:
        return differs(reader.read(), BODY[5:10])


def s3_algorithms():
    for algorithm, member in [("SHA256", "ChecksumSHA256"), ("CRC32C", "ChecksumCRC32C"), ("SHA1", "ChecksumSHA1")]:
        arguments = ["--bucket", "a-bucket", "--key", algorithm, "--body", path("in"), "--checksum-algorithm", algorithm]
        output = run("s3", "put-object", *arguments)
        if member not in output:
            return f"{algorithm}: no {member} in {output}"
    return None


def s3_head():
    output = run("s3", "head-object", "--bucket", "a-bucket", "--key", "k/ä 1+2")
    return differs(output["ContentLength"], len(BODY)) or refused("404", "s3", "head-object", "--bucket", "a-bucket", "--key", "no")


def s3_list():
    output = run("s3", "list-objects-v2", "--bucket", "a-bucket", "--delimiter", "/")
    return differs([entry["Prefix"] for entry in output["CommonPrefixes"]], ["k/"])


def s3_copy():
    run("s3", "copy-object", "--bucket", "a-bucket", "--key", "copy", "--copy-source", "a-bucket/SHA1")
    return differs(run("s3", "head-object", "--bucket", "a-bucket", "--key", "copy")["ContentLength"], len(BODY))


def s3_tags():
    tagging = '{"TagSet": [{"Key": "k", "Value": "<v>&"}]}'
    run("s3", "put-bucket-tagging", "--bucket", "a-bucket", "--tagging", tagging)
    return differs(run("s3", "get-bucket-tagging", "--bucket", "a-bucket"), json.loads(tagging))


def s3_delete():
    deleted = run("s3", "delete-objects", "--bucket", "a-bucket", "--delete", '{"Objects": [{"Key": "copy"}, {"Key": "SHA1"}]}')
    return differs(sorted(entry["Key"] for entry in deleted["Deleted"]), ["SHA1", "copy"])


def s3_error():
    return refused("NoSuchKey", "s3", "get-object", "--bucket", "a-bucket", "--key", "none", path("none"))


# SQS


def sqs_queue():
    run("sqs", "create-queue", "--queue-name", "q", "--attributes", "DelaySeconds=0,VisibilityTimeout=5")
    return None if run("sqs", "get-queue-url", "--queue-name", "q")["QueueUrl"].endswith("/q") else "no URL"


def queue():
    return run("sqs", "get-queue-url", "--queue-name", "q")["QueueUrl"]


def sqs_send():
    attributes = '{"a": {"DataType": "String", "StringValue": "ä"}}'
    sent = run("sqs", "send-message", "--queue-url", queue(), "--message-body", "hello", "--message-attributes", attributes)
    return None if sent["MessageId"] else "no MessageId"


def sqs_receive():
    options = ["--message-attribute-names", "All", "--attribute-names", "All"]
    message = run("sqs", "receive-message", "--queue-url", queue(), *options)["Messages"][0]
    run("sqs", "delete-message", "--queue-url", queue(), "--receipt-handle", message["ReceiptHandle"])
    return differs((message["Body"], message["MessageAttributes"]["a"]["StringValue"]), ("hello", "ä"))


def sqs_batch():
    entries = '[{"Id": "1", "MessageBody": "a"}, {"Id": "2", "MessageBody": "b"}]'
    sent = run("sqs", "send-message-batch", "--queue-url", queue(), "--entries", entries)
    return differs([entry["Id"] for entry in sent["Successful"]], ["1", "2"])


def sqs_attributes():
    output = run("sqs", "get-queue-attributes", "--queue-url", queue(), "--attribute-names", "VisibilityTimeout")
    return differs(output["Attributes"], {"VisibilityTimeout": "5"})


def sqs_error():
    return refused("AWS.SimpleQueueService.NonExistentQueue", "sqs", "get-queue-url", "--queue-name", "none")


# SNS

TOPIC = "arn:aws:sns:us-east-1:123456789012:t"


def sns_topic():
    return differs(run("sns", "create-topic", "--name", "t", "--tags", "Key=k,Value=v")["TopicArn"], TOPIC)


def sns_attributes():
    attribute = ["--attribute-name", "DisplayName", "--attribute-value", "a & b"]
    run("sns", "set-topic-attributes", "--topic-arn", TOPIC, *attribute)
    return differs(run("sns", "get-topic-attributes", "--topic-arn", TOPIC)["Attributes"]["DisplayName"], "a & b")


def sns_subscribe():
    target = ["--protocol", "sqs", "--notification-endpoint", "arn:aws:sqs:us-east-1:123456789012:q"]
    output = run("sns", "subscribe", "--topic-arn", TOPIC, *target, "--attributes", "RawMessageDelivery=true")
    return None if output["SubscriptionArn"].startswith(TOPIC) else str(output)


def sns_publish():
    attributes = '{"a": {"DataType": "String", "StringValue": "x"}}'
    output = run("sns", "publish", "--topic-arn", TOPIC, "--message", "ä + &", "--message-attributes", attributes)
    return None if output["MessageId"] else "no MessageId"


def sns_list():
    return differs([topic["TopicArn"] for topic in run("sns", "list-topics")["Topics"]], [TOPIC])


def sns_error():
    return refused("NotFound", "sns", "get-topic-attributes", "--topic-arn", TOPIC + "-none")


# STS


def sts_identity():
    return differs(run("sts", "get-caller-identity")["Account"], "123456789012")


def sts_role():
    role = ["--role-arn", "arn:aws:iam::123456789012:role/r", "--role-session-name", "session", "--duration-seconds", "900"]
    output = run("sts", "assume-role", *role)
    return None if output["Credentials"]["Expiration"].startswith("20") else str(output)


def sts_session():
    return None if run("sts", "get-session-token", "--duration-seconds", "900")["Credentials"]["SessionToken"] else "no token"


def sts_federation():
    output = run("sts", "get-federation-token", "--name", "bob", "--policy", '{"Statement": []}')
    return None if output["FederatedUser"]["Arn"].endswith("bob") else str(output)


def sts_unsigned():
    token = ["--role-arn", "arn:aws:iam::123456789012:role/r", "--role-session-name", "session", "--web-identity-token", "t" * 10]
    output = run("sts", "assume-role-with-web-identity", *token)
    return None if output["Credentials"]["AccessKeyId"] else str(output)


# DynamoDB


def dynamodb_table():
    schema = ["--attribute-definitions", "AttributeName=a,AttributeType=S", "--key-schema", "AttributeName=a,KeyType=HASH"]
    run("dynamodb", "create-table", "--table-name", "t", *schema, "--billing-mode", "PAY_PER_REQUEST")
    return differs(run("dynamodb", "list-tables")["TableNames"], ["t"])


ITEM = {"a": {"S": "ä"}, "n": {"N": "12345678901234567890.5"}, "b": {"B": "AP8="}, "l": {"L": [{"BOOL": True}, {"NULL": True}]}}


def dynamodb_item():
    run("dynamodb", "put-item", "--table-name", "t", "--item", json.dumps(ITEM))
    return differs(run("dynamodb", "get-item", "--table-name", "t", "--key", '{"a": {"S": "ä"}}')["Item"], ITEM)


def dynamodb_query():
    values = '{":a": {"S": "ä"}}'
    condition = ["--key-condition-expression", "a = :a", "--expression-attribute-values", values]
    return differs(run("dynamodb", "query", "--table-name", "t", "--no-paginate", *condition)["Count"], 1)


def dynamodb_batch():
    puts = {"t": [{"PutRequest": {"Item": {"a": {"S": str(number)}}}} for number in range(3)]}
    run("dynamodb", "batch-write-item", "--request-items", json.dumps(puts))
    return differs(run("dynamodb", "scan", "--table-name", "t", "--select", "COUNT", "--no-paginate")["Count"], 4)


def dynamodb_times():
    created = run("dynamodb", "describe-table", "--table-name", "t")["Table"]["CreationDateTime"]
    return None if created.startswith("20") else created


def dynamodb_error():
    return refused("ResourceNotFoundException", "dynamodb", "describe-table", "--table-name", "none")


# EC2


def ec2_regions():
    regions = run("ec2", "describe-regions", "--region-names", "eu-west-1")["Regions"]
    return differs([region["RegionName"] for region in regions], ["eu-west-1"])


def ec2_vpc():
    vpc = run("ec2", "create-vpc", "--cidr-block", "10.0.0.0/16")["Vpc"]["VpcId"]
    run("ec2", "create-tags", "--resources", vpc, "--tags", "Key=Name,Value=a b")
    found = run("ec2", "describe-vpcs", "--filters", "Name=tag:Name,Values=a b")["Vpcs"]
    wrong = differs([(one["VpcId"], one["Tags"]) for one in found], [(vpc, [{"Key": "Name", "Value": "a b"}])])
    run("ec2", "delete-vpc", "--vpc-id", vpc)
    return wrong


def ec2_instances():
    image = ["--image-id", "ami-12c6146b", "--min-count", "2", "--max-count", "2", "--instance-type", "t3.micro"]
    ids = [one["InstanceId"] for one in run("ec2", "run-instances", *image)["Instances"]]
    reservations = run("ec2", "describe-instances", "--instance-ids", *ids)["Reservations"]
    wrong = differs(sorted(one["InstanceId"] for it in reservations for one in it["Instances"]), sorted(ids))
    states = run("ec2", "terminate-instances", "--instance-ids", *ids)["TerminatingInstances"]
    return wrong or differs(len(states), 2)


def ec2_error():
    return refused("InvalidVpcID.NotFound", "ec2", "describe-vpcs", "--vpc-ids", "vpc-0000000000000000f")


SERVICES = ("s3", "sqs", "sns", "sts", "dynamodb", "ec2")
for name, check in list(globals().items()):
    if name.split("_")[0] in SERVICES and callable(check):
        case(name.replace("_", " "), check)
server.stop()
end()
