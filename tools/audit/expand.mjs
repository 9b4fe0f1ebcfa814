// Expands every JSON-LD file of an exported folder with the reference library, without fetching anything: whoever reads
// the data needs no network. Each record must keep its address, a type and a name; each value that says where something
// is must expand to an address.

import { readdirSync, readFileSync } from "node:fs";
import jsonld from "jsonld";

const [folder] = process.argv.slice(2);
const SCHEMA = "https://schema.org/";
const documentLoader = (url) => {
  throw new Error(`it wants to fetch ${url}`);
};
const faults = [];
let count = 0;
for (const name of readdirSync(folder).filter((one) => one.endsWith(".jsonld"))) {
  const written = JSON.parse(readFileSync(`${folder}/${name}`, "utf-8"));
  try {
    const nodes = await jsonld.expand(written, { documentLoader });
    if (nodes.length !== written["@graph"].length) faults.push(`${name}: ${written["@graph"].length} records expand to ${nodes.length}`);
    for (const node of nodes) {
      if (!node["@id"]?.includes("://")) faults.push(`${name}: a record has no address`);
      if (!node["@type"]?.[0].startsWith(SCHEMA)) faults.push(`${name}: ${node["@id"]} has no type`);
      if (!node[`${SCHEMA}name`]) faults.push(`${name}: ${node["@id"]} has no name`);
      for (const [term, values] of Object.entries(node)) {
        if (!term.startsWith("@") && !term.startsWith(SCHEMA)) faults.push(`${name}: ${term} is no term of schema.org`);
        for (const value of [values].flat()) if (value["@id"] && !/^[a-z]+:/.test(value["@id"])) faults.push(`${name}: ${value["@id"]} is no address`);
      }
    }
    count += 1;
  } catch (error) {
    faults.push(`${name}: ${error.details?.cause?.message ?? error.message}`);
  }
}
if (!count) faults.push(`no file in ${folder} ends with .jsonld`);
for (const fault of faults) console.error(fault);
console.log(`${count} files of JSON-LD expand.`);
process.exit(faults.length ? 1 : 0);
