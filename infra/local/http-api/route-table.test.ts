import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeTable } from './route-table.ts';

const keys = [
  'GET /runs',
  'GET /runs/{id}',
  'GET /runs/current',
  'POST /runs/{id}/lines',
  'ANY /files/{path+}',
];
const find = routeTable(keys.map((routeKey) => ({ routeKey, route: routeKey })));

test.each([
  ['GET', '/runs', 'GET /runs', {}],
  ['GET', '/runs/7', 'GET /runs/{id}', { id: '7' }],
  ['GET', '/runs/current', 'GET /runs/current', {}],
  ['POST', '/runs/%E4%BD%8E%E4%BF%9D%2F1/lines', 'POST /runs/{id}/lines', { id: '低保/1' }],
  ['PUT', '/files/2021/07.txt', 'ANY /files/{path+}', { path: '2021/07.txt' }],
  ['GET', '/runs/%zz', 'GET /runs/{id}', { id: '%zz' }],
])('%s %s takes %s', (method, path, routeKey, pathParameters) => {
  expect(find(method, path)).toEqual({ routeKey, route: routeKey, pathParameters });
});

test.each([
  ['DELETE', '/runs'],
  ['GET', '/runs/'],
  ['GET', '/runs/7/lines'],
  ['GET', '/run'],
  ['GET', '/'],
])('%s %s takes no route', (method, path) => {
  expect(find(method, path)).toBeUndefined();
});

test('what no route takes goes to $default if there is one', () => {
  const withDefault = routeTable([{ routeKey: '$default', route: 'rest' }]);
  expect(withDefault('GET', '/any')).toEqual({ routeKey: '$default', route: 'rest', pathParameters: {} });
});

test('any text but the empty one comes through a path variable unchanged', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      expect(find('GET', `/runs/${encodeURIComponent(id)}x`)?.pathParameters).toEqual({ id: `${id}x` });
    }),
  );
});
