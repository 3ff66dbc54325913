// Repeats calls by the AWS SDK for JavaScript and prints what they took: drive.mjs WORK CALLS [URL].

import { Readable } from "node:stream";
import {
  PartnerCentralSellingClient,
  StartEngagementByAcceptingInvitationTaskCommand,
} from "@aws-sdk/client-partnercentral-selling";

const IN_FLIGHT = 32;
const RESPONSE = JSON.stringify({
  EngagementInvitationId: "engi-4f7k2m9qx1zbt",
  Message: "The task is working.",
  OpportunityId: "O1234567890",
  ReasonCode: "RequestThrottled",
  ResourceSnapshotJobId: "job-4f7k2m9qx1zbt",
  StartTime: "2026-06-30T12:34:56.789Z",
  TaskArn:
    "arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/" +
    "engagement-by-accepting-invitation-task/task-4f7k2m9qx1zbt",
  TaskId: "task-4f7k2m9qx1zbt",
  TaskStatus: "IN_PROGRESS",
});

// Answers in place of a connection.
const canned = {
  handle: async () => ({
    response: {
      statusCode: 200,
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: Readable.from([Buffer.from(RESPONSE)]),
    },
  }),
  updateHttpClientConfig() {},
  httpHandlerConfigs: () => ({}),
  destroy() {},
};

const [work, count, url] = process.argv.slice(2);
const calls = Number(count);
const client = new PartnerCentralSellingClient({
  region: "us-east-1",
  endpoint: url || "http://127.0.0.1:1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  ...(work === "async-no-socket" ? { requestHandler: canned } : {}),
});

const call = () =>
  client.send(
    new StartEngagementByAcceptingInvitationTaskCommand({
      Catalog: "Sandbox",
      ClientToken: "0a1b2c3d-4e5f-4678-9abc-def012345678",
      Identifier: "engi-4f7k2m9qx1zbt",
      Tags: [
        { Key: "team", Value: "alliances" },
        { Key: "region", Value: "emea" },
      ],
    }),
  );

const repeat = async (times) => {
  for (let done = 0; done < times; done++) await call();
};

await call();
const cpu = process.cpuUsage();
const wall = process.hrtime.bigint();
if (work === "async-32") {
  await Promise.all(Array.from({ length: IN_FLIGHT }, () => repeat(Math.floor(calls / IN_FLIGHT))));
} else {
  await repeat(calls);
}
const used = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    calls,
    cpu: (used.user + used.system) / 1e6,
    wall: Number(process.hrtime.bigint() - wall) / 1e9,
  }),
);
client.destroy();
