import { composed } from '../../shared/composed.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { parametersOf } from '../../shared/parameter-copy.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { advance, todayOf } from './application-command.ts';
import { findApplication } from './application-store.ts';
import { dateText } from './decision-letter.ts';
import { objected } from './objection.ts';
import { isOpen } from './publicity.ts';
import { raiseObjection } from './publicity-routes.ts';
import { findPublicity } from './publicity-store.ts';

/** Anybody may object while a proposal is published. */
export const raiseObjectionHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(raiseObjection, deps, async (call) => {
    const { params, body } = call;
    const { table } = deps;
    const publicity = await findPublicity(table, params.publicityId);
    if (!publicity || !isOpen(publicity, todayOf(call))) return refuse('PUBLICITY_NOT_FOUND');
    const read = await findApplication(table, publicity.applicationNo);
    if (read?.publicity?.publicityId !== publicity.publicityId || read.state !== 'publicity')
      return refuse('PUBLICITY_NOT_FOUND');
    const { next, further, handleBy } = objected(table, read, body, {
      ...call,
      seals: await seals(),
      parameters: await parametersOf(table),
    });
    const text = `您的异议已收到,镇人民政府(街道办事处)将在${dateText(handleBy)}前调查处理。`;
    const answer = reply(201, { publicityId: publicity.publicityId, handleBy, text });
    return advance(table, { read, next, answer, further }, call);
  });

export const handler = composed(() => raiseObjectionHandler(httpDeps(), sealsFromEnvironment()));
