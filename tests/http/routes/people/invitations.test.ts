import { expect, test } from "bun:test";
import { peopleApp, secretIn, wordsOf } from "./support.ts";

const GIVEN = { title: "Class 3b", hours: "4", most_uses: "30" };

test("POST /people/invitations shows once title, code, link, until when and how to join", async () => {
  const { get, post, person, people, audited } = await peopleApp();
  const { cookie } = await person("Tom", "operator");
  const response = await post("/people/invitations", cookie, GIVEN);
  const html = await response.text();
  const secret = secretIn(html, "join");
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(html).toContain(`value="http://localhost/join/${secret}"`);
  const words = wordsOf(html);
  for (const text of [
    ...["Invitation for Class 3b", "You need no password and no account.", "the link is shown only now"],
    ...["Valid until Jan 2, 2026, 7:04 AM, for up to 30 people", `http://localhost/join/${secret}`],
  ]) {
    expect(words).toContain(text);
  }
  expect(await (await get("/people/invitations", cookie)).text()).not.toContain("/join/");
  expect(await people.join(secret, "Mika", { address: null, agent: null })).toMatchObject({ name: "Mika" });
  const [record] = await audited();
  expect(record).toMatchObject({
    ...{ action: "invitation.make", target: "2" },
    detail: { title: "Class 3b", hours: 4, most_uses: 30 },
  });
  expect(JSON.stringify(await audited())).not.toContain(secret);
});

test("POST /people/invitations on this machine has the code of the first address for other devices, and all of them", async () => {
  const urls = ["https://192.0.2.1:8443", "https://class.local:8443"];
  const process = { urls: () => urls, openCommand: "", quit: () => {} };
  const { post, person } = await peopleApp({ process });
  const { cookie } = await person("Tom", "operator");
  const html = await (await post("/people/invitations", cookie, GIVEN)).text();
  const secret = secretIn(html, "join");
  for (const url of urls) expect(html).toContain(`value="${url}/join/${secret}"`);
  expect(html).toContain(`<code class="handout-url">${urls[0]}/join/${secret}</code>`);
  expect(wordsOf(html)).not.toContain("only this computer reaches tegaki");
});

test("GET /people/invitations says with the command that nobody else can join while only this machine is reached", async () => {
  const { get, person } = await peopleApp();
  const { cookie } = await person("Tom", "operator");
  const says = async (language: string) =>
    wordsOf(await (await get("/people/invitations", cookie, { "accept-language": language })).text());
  expect(await says("en")).toContain(
    "start it with this command, and then make the invitation: tegaki serve --http 0.0.0.0:8000 --open-to-anyone",
  );
  expect(await says("ja")).toContain("ほかの人はまだ参加できません。");
});

test.each([
  [{ ...GIVEN, title: "" }, "A name is needed"],
  [{ ...GIVEN, hours: "5" }, "hours: expected one of 1, 4, 8, 24, 168"],
  [{ ...GIVEN, most_uses: "0" }, "most_uses: expected a whole number from 1 to 1,000"],
  [{ ...GIVEN, most_uses: "1001" }, "most_uses: expected a whole number from 1 to 1,000"],
  [{ ...GIVEN, most_uses: "3.5" }, "most_uses: expected a whole number from 1 to 1,000"],
])("POST /people/invitations refuses %p on the page and makes nothing", async (given, why) => {
  const { post, person, people, audited } = await peopleApp();
  const { cookie } = await person("Tom", "operator");
  const response = await post("/people/invitations", cookie, given);
  const html = await response.text();
  expect([response.status, wordsOf(html).includes(why)]).toEqual([400, true]);
  expect(html).toContain(
    `name="most_uses" type="number" required="" min="1" max="1000" value="${given.most_uses}"`,
  );
  expect(await people.store.invitations()).toEqual([]);
  expect(await audited()).toEqual([]);
});

test("POST /people/invitations/:id/end ends it and the sessions of those who came by it, and of nobody else", async () => {
  const { get, post, person, guest, people, audited } = await peopleApp();
  const { cookie } = await person("Tom", "operator");
  const [mika, leo] = [await guest("Mika"), await guest("Leo", "Class 4a")];
  const before = wordsOf(await (await get("/people/invitations", cookie)).text());
  expect(before).toContain("End the invitation for Class 3b?");
  expect(before).toContain("those who came by it are logged out at once");
  const response = await post(`/people/invitations/${mika.link.id}/end`, cookie);
  expect([response.status, response.headers.get("location")]).toEqual([
    303,
    "/people/invitations?done=invitation",
  ]);
  expect(await people.ofSession(mika.cookie.split("=")[1]!)).toBeNull();
  expect(await people.ofSession(leo.cookie.split("=")[1]!)).toMatchObject({ name: "Leo", kind: "guest" });
  const after = wordsOf(await (await get("/people/invitations", cookie)).text());
  expect(after).toContain("Class 3b Ended 1 of 40");
  expect(after).toContain("Class 4a Open 1 of 40");
  expect((await audited())[0]).toMatchObject({
    ...{ action: "invitation.end", target: String(mika.link.id), detail: { title: "Class 3b" } },
  });
});

test("POST /people/invitations/sessions/:id/end lets an operator log a guest out, but no account", async () => {
  const { post, person, guest, people, audited } = await peopleApp();
  const [ann, tom] = [await person("Ann", "admin"), await person("Tom", "operator")];
  const mika = await guest("Mika");
  expect((await post(`/people/invitations/sessions/${mika.id}/end`, tom.cookie)).status).toBe(303);
  expect(await people.ofSession(mika.cookie.split("=")[1]!)).toBeNull();
  expect((await audited())[0]).toMatchObject({ action: "session.end", detail: { name: "Mika" } });
  const own = (await people.ofSession(ann.cookie.split("=")[1]!))!;
  const refused = await post(`/people/invitations/sessions/${own.sessionId}/end`, tom.cookie);
  expect(refused.status).toBe(404);
  expect(await people.ofSession(ann.cookie.split("=")[1]!)).toMatchObject({ name: "Ann" });
});

test("/people/invitations is for operators: tabs to the other pages are for admins, guests are refused", async () => {
  const { get, post, person, guest } = await peopleApp();
  const tom = await person("Tom", "operator");
  const ann = await person("Ann", "admin");
  const mika = await guest("Mika");
  expect(await (await get("/people/invitations", tom.cookie)).text()).not.toContain('href="/people/audit"');
  expect(await (await get("/people/invitations", ann.cookie)).text()).toContain('href="/people/audit"');
  expect((await get("/people/invitations", mika.cookie)).status).toBe(403);
  expect((await post("/people/invitations", mika.cookie, GIVEN)).status).toBe(403);
  expect((await post(`/people/invitations/sessions/${mika.id}/end`, mika.cookie)).status).toBe(403);
});
