import { parseArgs } from 'node:util';
import * as z from 'zod';
import { openIssuer } from '../infra/local/issuer/issuer.ts';
import { morningOf } from '../infra/local/walking-clock.ts';
import { AreaCode, areaName, isKnownArea } from '../shared/area.ts';
import { systemClock } from '../shared/clock.ts';
import { Role, roleNames, roles } from '../shared/role.ts';

const HELP = `Prints a token of the local issuer for one officer, whether the local cloud runs or not.

  npm run --silent token -- --role district-clerk --area 330702000000 --name 王经办

  --role   ${roles.map((role) => `${role} ${roleNames[role]}`).join(', ')}
  --area   12-digit code of the area the officer may see
  --name   the officer; the same name is the same officer in every token
  --hours  how long the token is valid, up to a year (default 8)
  --at     the day the token is issued on, at nine o'clock, for a cloud that was started with --clock (default: now)
  --data   data folder whose key signs it (default .huimin)

The token goes to standard output, for use as

  curl -H "authorization: Bearer $TOKEN" http://127.0.0.1:8787/disbursement/runs
`;

const HOURS_IN_YEAR = 8784;

const Options = z.strictObject({
  role: Role,
  area: AreaCode.refine(isKnownArea, 'is no area of this district'),
  name: z.string().trim().min(1),
  hours: z.coerce.number().positive().max(HOURS_IN_YEAR).default(8),
  data: z.string().default('.huimin'),
  at: z.iso.date().optional(),
});

const readOptions = (
  args: readonly string[],
): z.infer<typeof Options> | 'help' | { readonly wrong: string } => {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        role: option,
        area: option,
        name: option,
        hours: option,
        data: option,
        at: option,
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { help, ...given } = values;
    if (help) return 'help';
    const parsed = Options.safeParse(given);
    if (parsed.success) return parsed.data;
    return {
      wrong: parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
    };
  } catch (error) {
    // What parseArgs throws is a sentence about the arguments.
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
};

/** Exit code 0 with the token on standard output; 2 with what is wrong on standard error. */
const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if ('wrong' in options) {
    process.stderr.write(`${options.wrong}\n\n${HELP}`);
    return 2;
  }
  const { data, hours, at, ...officer } = options;
  const issuer = await openIssuer(data);
  const issuedAt = at === undefined ? Date.parse(systemClock()) : morningOf(at);
  process.stdout.write(`${await issuer.sign(officer, issuedAt, hours)}\n`);
  process.stderr.write(`${officer.name}, ${officer.role}, ${areaName(officer.area)}, ${hours} h\n`);
  return 0;
};

process.exitCode = await main();
