import { composed } from '../../shared/composed.ts';
import { cursorText } from '../../shared/cursor.ts';
import { queryPage, within } from '../../shared/dynamo.ts';
import { type HttpDeps, handle, httpDeps } from '../../shared/http.ts';
import type { Seals } from '../../shared/keyring.ts';
import { refuse, reply } from '../../shared/route.ts';
import { sealsFromEnvironment } from '../../shared/sealing.ts';
import { Comment, maskedContact } from './comment.ts';
import { viewComment } from './comment-view.ts';
import { listComments } from './consultation-routes.ts';
import { documentFor } from './document-store.ts';
import { keys } from './table.ts';

export const listCommentsHandler = (deps: HttpDeps, seals: () => Promise<Seals>) =>
  handle(listComments, deps, async ({ params, query, officer }) => {
    const document = await documentFor(deps.table, officer, params.documentId);
    if (!document) return refuse('DOCUMENT_NOT_FOUND');
    const selection = { ...within(keys.commentsOn(document.documentId)), Limit: query.limit };
    const { items, next } = await queryPage(deps.table, selection, query.cursor);
    const comments = items.map((item) => Comment.parse(item));
    const open = await seals();
    const shown = comments.map((comment) => ({ ...viewComment(comment), ...maskedContact(open, comment) }));
    return reply(200, { items: shown, next: cursorText(next) });
  });

export const handler = composed(() => listCommentsHandler(httpDeps(), sealsFromEnvironment()));
