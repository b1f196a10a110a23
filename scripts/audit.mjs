// Fails where a dependency of the product has a known high or critical fault. A registry that answers no audit is told of, visibly.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const GRAVE = ['high', 'critical'];

const run = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  encoding: 'utf8',
  timeout: 120_000,
});
const report = reportOf(run.stdout);
if (report === null) {
  process.stdout.write('audit skipped: registry does not answer\n');
  process.exit(0);
}
const grave = Object.values(report.vulnerabilities).filter(({ severity }) => GRAVE.includes(severity));
for (const { name, severity, range } of grave) process.stdout.write(`${severity}: ${name} ${range}\n`);
process.stdout.write(`audit: ${grave.length} dependencies with a high or critical fault\n`);
process.exit(grave.length === 0 ? 0 : 1);

function reportOf(text) {
  try {
    const report = JSON.parse(text);
    return report.vulnerabilities === undefined ? null : report;
  } catch {
    return null;
  }
}
