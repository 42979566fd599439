import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** The files of the page as the bundler left them: each with what it is, its hash, and its bytes, compressed. */

export const PageManifest = z.object({
  files: z.record(z.string(), z.object({ type: z.string(), etag: z.string(), hashed: z.boolean() })),
});
export type PageManifest = z.infer<typeof PageManifest>;

export type PageFile = PageManifest['files'][string] & { readonly gzip: () => Buffer };
export type PageFiles = (name: string) => PageFile | undefined;

/** Opens the folder that lies beside the Lambda’s code. */
export const openPageFiles = (folder: string): PageFiles => {
  const manifest = PageManifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return (name) => {
    const file = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    return file && { ...file, gzip: () => readFileSync(join(folder, `${name}.gz`)) };
  };
};
