// The AWS SDK for JavaScript, version 3, against the mock. The folder of its packages is in PACKAGES.

import { createRequire } from "node:module";

const sdk = createRequire(`${process.env.PACKAGES}/`)("@aws-sdk/client-partnercentral-selling");

const url = process.env.MOCK_URL;
// Every modelled error, and how many requests a client makes that is told to try three times.
const ERRORS = {
  AccessDeniedException: 1,
  ConflictException: 1,
  InternalServerException: 3,
  ResourceNotFoundException: 1,
  ServiceQuotaExceededException: 1,
  ThrottlingException: 3,
  ValidationException: 1,
};
const OPERATION = "StartEngagementFromOpportunityTask";

const client = new sdk.PartnerCentralSellingClient({
  endpoint: url,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 3,
});

const control = async (method, path, body) => {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${url}/_mock/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
};
const received = async () => (await control("GET", "requests")).received;

let failed = false;
const run = async (name, check) => {
  const wrong = await check().catch(error => `${error.name}: ${error.message}`);
  failed ||= Boolean(wrong);
  console.log(wrong ? `FAIL ${name}: ${wrong}` : `ok ${name}`);
};
const differs = (found, expected) =>
  JSON.stringify(found) === JSON.stringify(expected)
    ? null : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`;

const fromOpportunity = (more = {}) =>
  client.send(new sdk.StartEngagementFromOpportunityTaskCommand({
    Catalog: "Sandbox", Identifier: "O1234567", ClientToken: "a-token",
    AwsSubmission: { InvolvementType: "Co-Sell", Visibility: "Full" }, ...more,
  }));

await run("typed output", async () => {
  await control("POST", "reset");
  const output = await fromOpportunity({ Tags: [{ Key: "k", Value: "v" }] });
  if (!(output.StartTime instanceof Date)) return "StartTime is no Date";
  return differs([output.TaskStatus, output.OpportunityId], ["IN_PROGRESS", "O1234567"]);
});
await run("other operation", async () => {
  const output = await client.send(new sdk.StartEngagementByAcceptingInvitationTaskCommand({
    Catalog: "Sandbox", Identifier: "engi-0123456789abc", ClientToken: "a-token",
  }));
  return differs(output.EngagementInvitationId, "engi-0123456789abc");
});
await run("same token", async () => {
  const [one, other] = [await fromOpportunity({ ClientToken: "again" }), await fromOpportunity({ ClientToken: "again" })];
  return differs(one.TaskId, other.TaskId);
});
await run("validation", async () => {
  await control("POST", "reset");
  try {
    await fromOpportunity({ Identifier: "none" });
  } catch (error) {
    if (!(error instanceof sdk.ValidationException)) throw error;
    return differs([error.ErrorList.map(violation => violation.FieldName), await received()], [["Identifier"], 1]);
  }
  return "not refused";
});
for (const [name, attempts] of Object.entries(ERRORS)) {
  await run(name, async () => {
    await control("POST", "reset");
    const members = name === "ValidationException" ? { Reason: "REQUEST_VALIDATION_FAILED" } : {};
    const error = { name, message: `the ${name}`, members };
    await control("POST", "expectations", { operation: OPERATION, respond: { error } });
    try {
      await fromOpportunity();
    } catch (thrown) {
      if (!(thrown instanceof sdk[name])) throw thrown;
      // The service's own member is `Message`; the SDK gives it as `message` too.
      return differs([thrown.Message ?? thrown.message, await received()], [`the ${name}`, attempts]);
    }
    return "no error";
  });
}
process.exit(failed ? 1 : 0);
