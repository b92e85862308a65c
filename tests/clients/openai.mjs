// Makes calls with OpenAI's own client: node openai.mjs ADDRESS/v1 '[{"call":"speech","request":{...}}, ...]'.
// Writes a line of JSON per call, in their order: what came back, audio in base64.
import OpenAI from "openai";

const [address, calls] = process.argv.slice(2);

const all = async (items) => {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
};

const made = {
  speech: async (c, r, o) => {
    const response = await c.audio.speech.create(r, o);
    return {
      type: response.headers.get("content-type"),
      headers: Object.fromEntries(response.headers),
      audio: Buffer.from(await response.arrayBuffer()).toString("base64"),
    };
  },
  models: (c) => all(c.models.list()),
  model: (c, r) => c.models.retrieve(r),
  chat: async (c, r) => {
    const events = await all(await c.chat.completions.create({ ...r, stream: true }));
    return { text: events.map((e) => e.choices[0].delta.content).join("") };
  },
};

for (const { call, key, request, options } of JSON.parse(calls)) {
  const client = new OpenAI({ baseURL: address, apiKey: key ?? "key" });
  let result;
  try {
    result = await made[call](client, request, options);
  } catch (error) {
    result = { error: error.message, status: error.status, body: error.error };
  }
  process.stdout.write(JSON.stringify(result) + "\n");
}
