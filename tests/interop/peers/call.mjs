// Calls by node-soap: the address of a WSDL, the SOAP version, and "rpc" or "document".
//
// Lines of the input and of the output are those of call.php.
import { createInterface } from "node:readline";
import soap from "soap";

const [wsdl, version, style] = process.argv.slice(2);

function value(tree) {
  if (tree.items) return { item: tree.items.map(value) };
  if (!tree.parts) return tree.text;
  const object = {};
  const attributes = {};
  if (tree.type) attributes.xsi_type = { type: tree.type[1], xmlns: tree.type[0] };
  for (const part of tree.parts) {
    const values = part.values.map(value);
    if (part.attribute) attributes[part.name] = values[0];
    else object[part.name] = part.several ? values : values[0];
  }
  if (Object.keys(attributes).length) object.attributes = attributes;
  if (tree.content) object.$value = value(tree.content);
  return object;
}

function told(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return { data: Buffer.from(value).toString("base64") };
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return { number: Number.isFinite(value) ? value : String(value) };
  if (Array.isArray(value)) return { items: value.map(told) };
  const { attributes = {}, $value, ...parts } = value;
  for (const [name, text] of Object.entries(attributes)) {
    if (!name.includes(":") && name !== "xmlns") parts[name] = text;
  }
  if ($value !== undefined) {
    if (!Object.keys(parts).length) return told($value);
    parts._ = $value;
  }
  return { parts: Object.fromEntries(Object.entries(parts).map(([name, one]) => [name, told(one)])) };
}

const asItIs = (text) => text;
const texts = ["date", "dateTime", "time", "long", "decimal", "integer", "unsignedLong"];

async function called(client, call) {
  client.clearSoapHeaders();
  for (const [namespace, name, tree] of call.headers) {
    client.addSoapHeader({ [name]: value(tree) }, "", "h", namespace);
  }
  try {
    const method = client[`${call.operation}Async`];
    if (!method) return { error: "no such operation" };
    const [result] = await method(call.body === null ? {} : value(call.body));
    const own = style === "rpc" && result ? Object.keys(result) : [];
    const names = own.filter((name) => name !== "attributes");
    return { result: told(names.length === 1 ? result[names[0]] : result) };
  } catch (error) {
    const fault = error?.root?.Envelope?.Body?.Fault;
    if (!fault) return { error: String(error?.stack ?? error) };
    return {
      fault: String(fault.faultstring ?? fault.Reason?.Text ?? ""),
      detail: told(fault.detail ?? fault.Detail ?? null),
    };
  }
}

let client = null;
try {
  client = await soap.createClientAsync(wsdl, {
    forceSoap12Headers: version === "soap12",
    customDeserializer: Object.fromEntries(texts.map((name) => [name, asItIs])),
    disableCache: true,
  });
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
if (client) {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await called(client, JSON.parse(line))));
  }
}
