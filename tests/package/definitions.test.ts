import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Editor } from './editor.ts';

const project = inject('npm');
const published = join(realpathSync(project), 'node_modules/@comanda/client');

const TEXT = `
import { } from '@comanda/client';
import { } from '@comanda/client/minimal';
import { } from '@comanda/client/pace';
import { } from '@comanda/client/router';
import { createClient } from '@comanda/client';
const comanda = createClient({ url: '' });
void comanda.auth.login.mutate({ identifier: '', password: '' });
void comanda.files.upload.mutate(new Blob());
void comanda.files.url('', 'small');
`;

describe('in an editor', () => {
  let editor: Editor;

  beforeAll(() => {
    editor = new Editor(inject('tools'), project, TEXT);
  });
  afterAll(() => editor[Symbol.dispose]());

  test('a procedure leads to its line in the contract', async () => {
    const { file, line } = await editor.definition('login.mutate');

    expect(file).toBe(join(published, 'contract/api.d.ts'));
    expect(line).toMatch(/^login: Mutation</);
  });

  test('createClient leads to where it is declared', async () => {
    const { file, line } = await editor.definition('createClient({');

    expect(file).toBe(join(published, 'create-client.d.ts'));
    expect(line).toMatch(/^export declare function createClient\(/);
  });

  test('a procedure says what it does and who may call it', async () => {
    const { displayString, documentation } = await editor.hover('login.mutate');

    expect(documentation).toContain('Signs in and starts a session. Open to anyone.');
    expect(displayString).toMatch(/^\(property\) login: Mutation<Login, SignedInView, "INVALID/);
  });

  test('a call that the client adds to stands in the contract all the same', async () => {
    const { file, line } = await editor.definition('upload.mutate');
    const { documentation } = await editor.hover('upload.mutate');

    expect(file).toBe(join(published, 'contract/api.d.ts'));
    expect(line).toMatch(/^upload: Mutation<Upload, PictureView/);
    expect(documentation).toMatch(/^Takes a picture in/);
  });

  test('what the client adds says what it does', async () => {
    const { displayString, documentation } = await editor.hover("url('', ");

    expect(displayString).toContain('url(pictureId: string, size?: "small" | "large"');
    expect(documentation).toMatch(/^The address where a picture is shown/);
  });

  test.each(['', '/minimal', '/pace', '/router'])(
    '@comanda/client%s says about each of its exports what one gets',
    async (entry) => {
      const told = Object.entries(await editor.offers(`} from '@comanda/client${entry}'`));

      expect(told.length).toBeGreaterThan(0);
      expect(told.filter(([, documentation]) => !documentation.trim())).toEqual([]);
    },
  );
});
