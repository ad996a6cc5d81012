import { findProgram } from '../finding.ts';

/** The browser's path, or null; CHROMIUM=/path names another one. */
export function findChromium(): string | null {
  return findProgram(['chromium', 'chromium-browser', 'google-chrome'], process.env['CHROMIUM']);
}
