import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from './markup.ts';

test('markup goes in as it is, a list of it in its order', () => {
  const cells = ['a', 'b'].map((text) => html`<td>${text}</td>`);

  expect(html`<tr>${cells}</tr>`.markup).toBe('<tr><td>a</td><td>b</td></tr>');
});

test('no text can become markup or leave its attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'x', '张') }), (text) => {
      const { markup } = html`${text}`;

      expect(markup).not.toMatch(/[<>"']/);
      expect(markup).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
    }),
  );
  expect(html`<td title="${'" onclick="x'}">`.markup).toBe('<td title="&quot; onclick=&quot;x">');
});
