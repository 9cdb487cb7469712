import { digestId } from '../platform/ids.ts';
import { copyScript } from './copy-script.ts';
import { stylesheet } from './stylesheet.ts';

/** A file that pages refer to. Its path names its content, so that it can be cached for good. */
export interface Asset {
  path: string;
  contentType: string;
  body: string;
}

const named = (name: string, ending: string, contentType: string, body: string): Asset => ({
  path: `/assets/${name}.${digestId(body)}.${ending}`,
  contentType,
  body,
});

const style = named('portal', 'css', 'text/css; charset=utf-8', stylesheet);
const script = named('kopieren', 'js', 'text/javascript; charset=utf-8', copyScript);

export const assets: readonly Asset[] = [style, script];
export const stylesheetPath = style.path;
export const copyScriptPath = script.path;
