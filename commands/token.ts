import { parseArgs } from 'node:util';
import { openIssuer } from '../infra/local/issuer/issuer.ts';
import { areaName } from '../shared/area.ts';
import { Officer, roles } from '../shared/role.ts';

const HELP = `Prints a token of the local issuer for one officer.

  npm run token -- --role preparer --area 330702000000 --name 王经办

  --role    ${roles.join(' | ')}
  --area    12-digit code of the area the officer may see
  --name    the officer; the same name is the same officer
  --hours   how long the token is valid (default 8)
  --data    data folder whose key signs it (default .huimin)

The local cloud may run or not. Only the token goes to standard output:
  curl -H "authorization: Bearer $(npm run --silent token -- --role … )" http://127.0.0.1:8787/…
`;
