#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Prints what `terraform providers schema -json` would, read from an installed npm package of CDK bindings:
//     node azurerm_schema.mjs node_modules/@cdktn/provider-azurerm > schema.json
// Every module of such a package carries its TypeScript source in its source map, and that source notes of each attribute
// whether it is required, optional or computed. What the bindings do not know stays unsaid: max_items above one,
// sensitive, deprecated, and what a value may be.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join } from "node:path";

const MEMBER = /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)$/gm;
const CLASS = /^export class (\w+) extends cdktn\.(\w+) \{$([\s\S]*?)^\}$/gm;
const HCL = /^ +(\w+): \{\s+value: .*,\s+isBlock: (true|false),\s+type: "(\w+)",\s+storageClassType: "(\w+)",/gm;
const CELLS = { string: "string", boolean: "bool", number: "number" };
const KINDS = { TerraformResource: "resource", TerraformDataSource: "data", TerraformProvider: "provider" };
const WORDS = { String: "string", Boolean: "bool", Number: "number", Any: "dynamic" };
const lowerFirst = (text) => text[0].toLowerCase() + text.slice(1);

/** The TypeScript that a module was compiled from. */
function sourceOf(file) {
  const mark = "//# sourceMappingURL=data:application/json;base64,";
  const text = readFileSync(file, "utf8");
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new Error(`${file}: no source map inside; another package version may need another reader`);
  return JSON.parse(Buffer.from(text.slice(at + mark.length), "base64").toString("utf8")).sourcesContent[0];
}

/** {class name: {kind, body}}. */
function classesOf(source) {
  return Object.fromEntries([...source.matchAll(CLASS)].map(([, name, kind, body]) => [name, { kind, body }]));
}

/** How each attribute of a class is written in HCL: {name: {isBlock, type, storage}}. */
function writtenIn(source, name, body) {
  let text = body;
  if (name.endsWith("OutputReference")) {
    const start = source.indexOf(`export function ${lowerFirst(name.slice(0, -15))}ToHclTerraform(`);
    text = start < 0 ? "" : source.slice(start, source.indexOf("\n}", start));
  } else {
    text = body.slice(Math.max(0, body.indexOf("synthesizeHclAttributes")));
  }
  return Object.fromEntries([...text.matchAll(HCL)].map(([, key, isBlock, type, storage]) => [key, { isBlock: isBlock === "true", type, storage }]));
}

/** The type of an attribute, by how it is written: enough for what is only ever given. */
function writtenType({ type, storage }) {
  const inner = CELLS[storage.replace(/(List|Map)$/, "")];
  return type === "simple" ? inner : [type, inner];
}

/** The type of a plain attribute, by the getter of its value; null where the text holds none. */
function plainType(text) {
  const map = text.match(/= new cdktn\.(\w+?)(List)?Map(List)?\(this, /);
  if (map) {
    const inner = map[2] ? ["list", WORDS[map[1]]] : WORDS[map[1]];
    return map[3] ? ["list", ["map", inner]] : ["map", inner];
  }
  const getter = text.match(/this\.get(String|Boolean|Number|Any)(Map)?Attribute\(/);
  if (getter) return getter[2] ? ["map", WORDS[getter[1]]] : WORDS[getter[1]];
  const several = text.includes("Fn.tolist(") ? "set" : "list";
  if (text.includes("this.getNumberListAttribute(")) return [several, "number"];
  if (text.includes("this.getListAttribute(")) return [several, "string"];
  // Lists of lists have no getter of their own, only the type of the field.
  if (text.includes("this.interpolationForAttribute(")) {
    return text.includes("number[][]") ? ["list", ["list", "number"]] : ["list", ["map", "string"]];
  }
  return null;
}

class Module {
  constructor(source) {
    this.source = source;
    this.classes = classesOf(source);
  }

  members(name) {
    const { body } = this.classes[name];
    const found = [...body.matchAll(MEMBER)];
    const hcl = writtenIn(this.source, name, body);
    return found.map((match, i) => {
      const end = found[i + 1]?.index ?? (body.indexOf("  // SYNTHESIS") < 0 ? body.length : body.indexOf("  // SYNTHESIS"));
      const [, key, computed, optional, required] = match;
      const flags = Object.fromEntries(
        Object.entries({ required, optional, computed }).filter(([, is]) => is === "true").map(([word]) => [word, true]));
      const text = body.slice(match.index + match[0].length, end);
      return { key, flags, type: plainType(text), nested: this.nestedIn(text), hcl: hcl[key] };
    });
  }

  /** What a member of several parts is: {item, several, single}, where `item` names the class of one. */
  nestedIn(text) {
    const made = text.match(/= new (\w+?)(List|Map|OutputReference)\(this, "\w+"(?:, (true|false))?\)/);
    if (!made) return null;
    const [, stem, shape, isSet] = made;
    // A list names the class of what it holds in its `get`.
    const item = shape === "OutputReference" ? stem + shape : this.classes[stem + shape].body.match(/return new (\w+)\(/)[1];
    // One item of a list of at most one says that it is the first; a struct has no place in a list.
    const isStruct = shape === "OutputReference" && /super\(terraformResource, terraformAttribute, false\);/.test(this.classes[item].body);
    return { item, isOne: shape === "OutputReference", several: isStruct ? "single" : shape === "Map" ? "map" : isSet === "true" ? "set" : "list" };
  }

  block(name) {
    const { kind } = this.classes[name];
    const attributes = {}, block_types = {};
    for (const { key, flags, type, nested, hcl } of this.members(name)) {
      if (!nested && hcl?.isBlock) {
        const block = this.givenBlock(hcl.storage.replace(/List$/, ""));
        block_types[key] = { nesting_mode: hcl.type, block, ...(flags.required && { min_items: 1 }) };
      } else if (kind === "TerraformProvider" && key === "alias") {
        continue; // Terraform's own, in every provider.
      } else if (!nested) {
        attributes[key] = { type: type ?? (hcl ? writtenType(hcl) : "dynamic"), ...flags };
      } else if (hcl?.isBlock && !flags.computed) {
        block_types[key] = this.nestedBlock(nested, flags, hcl);
      } else {
        attributes[key] = { type: this.objectType(nested, hcl), ...flags };
      }
    }
    return Object.keys(block_types).length ? { attributes, block_types } : { attributes };
  }

  /** A block of a provider: it is only ever given, so it has an interface and no class. */
  givenBlock(name) {
    const attributes = {}, block_types = {};
    const fields = this.source.match(new RegExp(`^export interface ${name} \\{$([\\s\\S]*?)^\\}$`, "m"))[1];
    for (const [key, { isBlock, type, storage }] of Object.entries(writtenIn(this.source, `${name}OutputReference`, ""))) {
      const camel = key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
      const isOptional = new RegExp(`readonly ${camel}\\?:`).test(fields);
      if (isBlock) {
        block_types[key] = { nesting_mode: type, block: this.givenBlock(storage.replace(/List$/, "")), ...(!isOptional && { min_items: 1 }) };
      } else {
        attributes[key] = { type: writtenType({ type, storage }), [isOptional ? "optional" : "required"]: true };
      }
    }
    return Object.keys(block_types).length ? { attributes, block_types } : { attributes };
  }

  nestedBlock({ item, isOne, several }, flags, hcl) {
    if (several === "single") return { nesting_mode: "single", block: this.block(item) };
    const out = { nesting_mode: hcl.type === "set" ? "set" : several, block: this.block(item) };
    if (isOne) out.max_items = 1;
    if (flags.required) out.min_items = 1;
    return out;
  }

  objectType({ item, several }, hcl) {
    const fields = {};
    for (const { key, type, nested, hcl: inner } of this.members(item)) {
      fields[key] = nested ? this.objectType(nested, inner) : type ?? "dynamic";
    }
    const object = ["object", fields];
    return several === "single" ? object : [hcl?.type === "set" ? "set" : several, object];
  }
}

function main() {
  const [folder] = process.argv.slice(2);
  if (!folder || !existsSync(join(folder, "package.json"))) {
    console.error("usage: azurerm_schema.mjs FOLDER_OF_THE_PACKAGE");
    process.exit(2);
  }
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const found = { resource: {}, data: {}, provider: {} };
  let provider_version = "", provider_name = "";
  for (const entry of readdirSync(join(folder, "lib")).sort()) {
    const file = join(folder, "lib", entry, "index.js");
    if (!existsSync(file) || entry === "." || !existsSync(join(folder, "lib", entry, "index.d.ts"))) continue;
    const module = new Module(sourceOf(file));
    for (const [of_class, { kind, body }] of Object.entries(module.classes)) {
      const type = body.match(/ tfResourceType = "(\w+)"/)?.[1];
      if (!KINDS[kind] || !type) continue;
      // Data sources are spelt data_azurerm_... in the bindings only.
      found[KINDS[kind]][kind === "TerraformDataSource" ? type.replace(/^data_/, "") : type] = { version: 0, block: module.block(of_class) };
      provider_version ||= body.match(/providerVersion: '([\d.]+)'/)?.[1] ?? "";
      provider_name ||= body.match(/providerName: '(\w+)'/)?.[1] ?? "";
    }
  }
  const provider = Object.values(found.provider)[0];
  const schema = { provider, resource_schemas: found.resource, data_source_schemas: found.data };
  console.log(JSON.stringify({
    format_version: "1.0", generated_from: `${name}@${version}`, provider_version,
    provider_schemas: { [`registry.terraform.io/hashicorp/${provider_name}`]: schema },
  }));
}

main();
