import * as z from 'zod';
import { route } from '../../shared/route.ts';

/** The page of the officers. It holds nothing of anybody: what officers see comes from the other contexts, with their token. */

const page = { 200: { description: 'A file of the page.', schema: z.string() } };

export const serveConsole = route({
  operationId: 'serveConsole',
  method: 'get',
  path: '/console/{file+}',
  summary:
    'A file of the officers’ page; any other path gives the page itself, which finds its way from there.',
  roles: 'public',
  params: z.object({ file: z.string() }),
  responses: page,
  problems: {},
});

export const openConsole = route({ ...serveConsole, operationId: 'openConsole', path: '/console' });
