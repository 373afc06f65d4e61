// Print a mail from standard input as mailparser reads it.
import { readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';

const mail = await simpleParser(readFileSync(0), { skipTextToHtml: true, skipImageLinks: true });
const { subject, text, html, messageId, date } = mail;
const from = mail.from.value.map(({ name, address }) => [name, address]);
const list = mail.headers.get('list');
console.log(JSON.stringify({ subject, text, html, messageId, date, from, list }));
