// The AWS SDK for JavaScript, version 3, against mocks of five protocols. The folder of its packages is in PACKAGES, the
// mocks' URLs are in MOCK_LAMBDA, MOCK_S3, MOCK_SNS, MOCK_EC2, MOCK_CLOUDWATCH.

import { createRequire } from "node:module";
import { Readable } from "node:stream";

const packages = createRequire(`${process.env.PACKAGES}/`);
const base64 = bytes => Buffer.from(bytes).toString("base64");

class Mock {
  constructor(service, name, settings = {}) {
    this.url = process.env[`MOCK_${service.toUpperCase()}`];
    this.sdk = packages(`@aws-sdk/client-${service}`);
    this.client = new this.sdk[name]({
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 2,
      ...settings,
    });
  }

  async control(method, path, body) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${this.url}/_mock/${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text ? JSON.parse(text) : null;
  }

  async respond(operation, ...respond) {
    await this.control("POST", "reset");
    await this.control("POST", "expectations", { operation, respond });
  }

  send(command, input) {
    return this.client.send(new this.sdk[`${command}Command`](input));
  }

  async input() {
    return (await this.control("GET", "requests")).requests.at(-1).input;
  }
}

const sorted = value => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
};
const differs = (found, expected) => {
  const [one, other] = [found, expected].map(value => JSON.stringify(sorted(value)));
  return one === other ? null : `expected ${other}, got ${one}`;
};
let failed = false;
const run = async (name, check) => {
  const wrong = await check().catch(error => `${error.name}: ${error.message}`);
  failed ||= Boolean(wrong);
  console.log(wrong ? `FAIL ${name}: ${wrong}` : `ok ${name}`);
};
const refused = async (call, name) => {
  try {
    await call();
  } catch (error) {
    return differs(error.name, name);
  }
  return "no error";
};

// restJson1

const lambda = new Mock("lambda", "LambdaClient");
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

await run("lambda labels and headers", async () => {
  const output = { StatusCode: 202, FunctionError: "Handled", Payload: base64('{"a":1}') };
  await lambda.respond("Invoke", { output });
  const input = { FunctionName: FUNCTION, InvocationType: "Event", Qualifier: "$LATEST", Payload: Uint8Array.of(0, 255) };
  const found = await lambda.send("Invoke", input);
  const wrong = differs([found.StatusCode, found.FunctionError, Buffer.from(found.Payload).toString()], [202, "Handled", '{"a":1}']);
  return wrong ?? differs(await lambda.input(), { ...input, Payload: "AP8=" });
});
await run("lambda query parameters", async () => {
  await lambda.respond("ListFunctions", { output: { NextMarker: "m", Functions: [{ FunctionName: "f" }] } });
  const found = await lambda.send("ListFunctions", { MaxItems: 7, Marker: "a&b=c d+e" });
  return differs(found.NextMarker, "m") ?? differs(await lambda.input(), { MaxItems: 7, Marker: "a&b=c d+e" });
});
await run("lambda document", async () => {
  await lambda.respond("CreateFunction", { output: { FunctionName: "f", Environment: { Variables: { k: "v" } } } });
  const input = { FunctionName: "f", Role: "arn:aws:iam::123456789012:role/r", Environment: { Variables: { key: "ä\n" } } };
  const found = await lambda.send("CreateFunction", { ...input, Code: { ZipFile: Uint8Array.of(80, 75) } });
  return differs(found.Environment.Variables, { k: "v" }) ??
    differs(await lambda.input(), { ...input, Code: { ZipFile: "UEs=" } });
});
await run("lambda no content", async () => {
  await lambda.respond("DeleteFunction", "default");
  return differs((await lambda.send("DeleteFunction", { FunctionName: "f" })).$metadata.httpStatusCode, 204);
});
await run("lambda error", async () => {
  await lambda.respond("GetFunction", { error: { name: "ResourceNotFoundException", message: "gone", members: { Type: "User" } } });
  return refused(() => lambda.send("GetFunction", { FunctionName: "f" }), "ResourceNotFoundException");
});

// restXml

const s3 = new Mock("s3", "S3Client", { forcePathStyle: true });

await run("s3 bytes in", async () => {
  await s3.respond("PutObject", { output: { ETag: '"tag"' } });
  const input = { Bucket: "a-bucket", Key: "k/ä 1+2", Metadata: { one: "1" }, ContentType: "text/x" };
  const found = await s3.send("PutObject", { ...input, Body: "hello" });
  const { Bucket, Key, Metadata, ContentType, Body, ChecksumCRC32 } = await s3.input();
  return differs(found.ETag, '"tag"') ??
    differs({ Bucket, Key, Metadata, ContentType, Body, ChecksumCRC32 }, { ...input, Body: base64("hello"), ChecksumCRC32: "NhCmhg==" });
});
await run("s3 stream in", async () => {
  await s3.respond("PutObject", { output: { ETag: '"tag"' } });
  const body = Buffer.alloc(60_000, "x");
  const parts = Readable.from([body.subarray(0, 20_000), body.subarray(20_000)]);
  await s3.send("PutObject", { Bucket: "a-bucket", Key: "k", Body: parts, ContentLength: body.length });
  return differs((await s3.input()).Body === base64(body), true);
});
await run("s3 stream out", async () => {
  const body = Buffer.alloc(300_000, "y");
  await s3.respond("GetObject", { output: { Body: base64(body), LastModified: "2026-01-02T03:04:05Z", Metadata: { a: "b" } } });
  const found = await s3.send("GetObject", { Bucket: "a-bucket", Key: "k" });
  const same = Buffer.from(await found.Body.transformToByteArray()).equals(body);
  return differs([same, found.LastModified, found.Metadata], [true, new Date("2026-01-02T03:04:05Z"), { a: "b" }]);
});
await run("s3 list", async () => {
  const Contents = [{ Key: "a&b", Size: 3 }, { Key: "<c>", Size: 0 }];
  await s3.respond("ListObjectsV2", { output: { Contents, IsTruncated: false } });
  const found = await s3.send("ListObjectsV2", { Bucket: "a-bucket", Prefix: "p/", MaxKeys: 3 });
  return differs([found.Contents, found.IsTruncated], [Contents, false]) ??
    differs(await s3.input(), { Bucket: "a-bucket", Prefix: "p/", MaxKeys: 3 });
});
await run("s3 document", async () => {
  await s3.respond("DeleteObjects", { output: { Deleted: [{ Key: "a" }] } });
  const Delete = { Objects: [{ Key: "a" }, { Key: "b&" }], Quiet: true };
  const found = await s3.send("DeleteObjects", { Bucket: "a-bucket", Delete });
  return differs(found.Deleted, [{ Key: "a" }]) ?? differs((await s3.input()).Delete, Delete);
});
await run("s3 unwrapped", async () => {
  await s3.respond("GetBucketLocation", { output: { LocationConstraint: "eu-west-1" } });
  return differs((await s3.send("GetBucketLocation", { Bucket: "a-bucket" })).LocationConstraint, "eu-west-1");
});
await run("s3 error", async () => {
  await s3.respond("GetObject", { error: { name: "NoSuchKey", message: "none" } });
  return refused(() => s3.send("GetObject", { Bucket: "a-bucket", Key: "k" }), "NoSuchKey");
});

// awsQuery

const sns = new Mock("sns", "SNSClient");
const TopicArn = "arn:aws:sns:us-east-1:123456789012:t";

await run("sns maps", async () => {
  await sns.respond("CreateTopic", { output: { TopicArn } });
  const input = { Name: "t", Attributes: { DisplayName: "a & b" }, Tags: [{ Key: "k", Value: "v" }] };
  return differs((await sns.send("CreateTopic", input)).TopicArn, TopicArn) ?? differs(await sns.input(), input);
});
await run("sns blobs", async () => {
  await sns.respond("Publish", { output: { MessageId: "m" } });
  const BinaryValue = Uint8Array.of(0, 255);
  const input = { TopicArn, Message: "ä + & =", MessageAttributes: { b: { DataType: "Binary", BinaryValue } } };
  const found = await sns.send("Publish", input);
  const sent = { ...input, MessageAttributes: { b: { DataType: "Binary", BinaryValue: "AP8=" } } };
  return differs(found.MessageId, "m") ?? differs(await sns.input(), sent);
});
await run("sns batch", async () => {
  const output = { Successful: [{ Id: "1", MessageId: "m" }], Failed: [{ Id: "2", Code: "c", SenderFault: true }] };
  await sns.respond("PublishBatch", { output });
  const PublishBatchRequestEntries = [{ Id: "1", Message: "a" }, { Id: "2", Message: "b" }];
  const { Successful, Failed } = await sns.send("PublishBatch", { TopicArn, PublishBatchRequestEntries });
  return differs({ Successful, Failed }, output) ?? differs((await sns.input()).PublishBatchRequestEntries, PublishBatchRequestEntries);
});
await run("sns map output", async () => {
  const Attributes = { Policy: '{"a": "<b>"}', Owner: "1" };
  await sns.respond("GetTopicAttributes", { output: { Attributes } });
  return differs((await sns.send("GetTopicAttributes", { TopicArn })).Attributes, Attributes);
});
await run("sns error", async () => {
  await sns.respond("Subscribe", { error: { name: "InvalidParameterException", message: "wrong" } });
  return refused(() => sns.send("Subscribe", { TopicArn, Protocol: "http" }), "InvalidParameterException");
});

// ec2Query

const ec2 = new Mock("ec2", "EC2Client");

await run("ec2 filters", async () => {
  const Instances = [{ InstanceId: "i-1", State: { Name: "running", Code: 16 } }];
  await ec2.respond("DescribeInstances", { output: { Reservations: [{ ReservationId: "r", Instances }] } });
  const input = { Filters: [{ Name: "tag:a", Values: ["x", "y"] }], MaxResults: 5 };
  const found = await ec2.send("DescribeInstances", input);
  return differs(found.Reservations[0].Instances[0].State, { Name: "running", Code: 16 }) ?? differs(await ec2.input(), input);
});
await run("ec2 structures", async () => {
  await ec2.respond("RunInstances", { output: { Instances: [{ InstanceId: "i-1" }] } });
  const BlockDeviceMappings = [{ DeviceName: "/dev/sda1", Ebs: { VolumeSize: 8, Encrypted: true } }];
  const input = { ImageId: "ami-1", MinCount: 1, MaxCount: 2, BlockDeviceMappings };
  const found = await ec2.send("RunInstances", { ...input, ClientToken: "t" });
  return differs(found.Instances[0].InstanceId, "i-1") ?? differs(await ec2.input(), { ...input, ClientToken: "t" });
});
await run("ec2 lists", async () => {
  await ec2.respond("CreateTags", "default");
  const input = { Resources: ["i-1", "i-2"], Tags: [{ Key: "k", Value: "v" }] };
  await ec2.send("CreateTags", input);
  return differs(await ec2.input(), input);
});
await run("ec2 booleans", async () => {
  await ec2.respond("DescribeRegions", { output: { Regions: [{ RegionName: "eu-west-1" }] } });
  const found = await ec2.send("DescribeRegions", { AllRegions: false });
  return differs(found.Regions[0].RegionName, "eu-west-1") ?? differs(await ec2.input(), { AllRegions: false });
});
await run("ec2 error", async () => {
  await ec2.respond("DeleteVpc", { error: { name: "InvalidVpcID.NotFound", message: "none", status: 400 } });
  return refused(() => ec2.send("DeleteVpc", { VpcId: "vpc-1" }), "InvalidVpcID.NotFound");
});

// RPC v2 CBOR: the SDK prefers JSON where a service has both.

const { AwsSmithyRpcV2CborProtocol } = packages("@aws-sdk/core/protocols");
const cloudwatch = new Mock("cloudwatch", "CloudWatchClient", { protocol: AwsSmithyRpcV2CborProtocol });
const at = new Date("2026-01-02T03:04:05Z");

await run("cloudwatch numbers and timestamps", async () => {
  await cloudwatch.respond("PutMetricData", "default");
  const datum = { MetricName: "m", Value: 1.5, Dimensions: [{ Name: "d", Value: "ä" }] };
  await cloudwatch.send("PutMetricData", { Namespace: "n", MetricData: [{ ...datum, Timestamp: at }] });
  return differs((await cloudwatch.input()).MetricData, [{ ...datum, Timestamp: "2026-01-02T03:04:05Z" }]);
});
await run("cloudwatch output", async () => {
  const output = { Label: "l", Datapoints: [{ Timestamp: "2026-01-02T03:04:05Z", Average: 0.1 }] };
  await cloudwatch.respond("GetMetricStatistics", { output });
  const found = await cloudwatch.send("GetMetricStatistics", {
    Namespace: "n", MetricName: "m", StartTime: at, EndTime: at, Period: 60, Statistics: ["Average"],
  });
  return differs([found.Label, found.Datapoints], ["l", [{ Timestamp: at, Average: 0.1 }]]);
});
await run("cloudwatch blob", async () => {
  await cloudwatch.respond("GetMetricWidgetImage", { output: { MetricWidgetImage: base64(Uint8Array.of(1, 0, 255)) } });
  const found = await cloudwatch.send("GetMetricWidgetImage", { MetricWidget: "{}" });
  return differs([...found.MetricWidgetImage], [1, 0, 255]);
});
await run("cloudwatch lists", async () => {
  await cloudwatch.respond("ListMetrics", { output: { Metrics: [{ Namespace: "n", MetricName: "m" }] } });
  const found = await cloudwatch.send("ListMetrics", { Dimensions: [{ Name: "a" }] });
  return differs(found.Metrics, [{ Namespace: "n", MetricName: "m" }]) ??
    differs((await cloudwatch.input()).Dimensions, [{ Name: "a" }]);
});
await run("cloudwatch error", async () => {
  await cloudwatch.respond("DeleteAlarms", { error: { name: "ResourceNotFound", message: "none" } });
  return refused(() => cloudwatch.send("DeleteAlarms", { AlarmNames: ["a"] }), "ResourceNotFound");
});
process.exit(failed ? 1 : 0);
