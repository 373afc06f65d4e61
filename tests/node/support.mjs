// Print which features of each mail no client supports: {file: {client: {feature: count}}}.
import { readFileSync } from 'node:fs';
import { caniemail } from 'caniemail';

const found = {};
for (const file of process.argv.slice(2)) {
  const html = readFileSync(file, 'utf8');
  const { issues } = caniemail({ clients: ['*'], html });
  found[file] = {};
  for (const [client, list] of issues.errors) {
    const counts = (found[file][client] = {});
    for (const { title } of list) counts[title] = (counts[title] ?? 0) + 1;
  }
}
console.log(JSON.stringify(found));
