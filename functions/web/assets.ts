import { digestId } from '../platform/ids.ts';
import { copyScript } from './copy-script.ts';
import { noticeStyles } from './notices/notice-styles.ts';
import { subscriptionStyles } from './subscriptions/subscription-styles.ts';
import { stylesheet } from './stylesheet.ts';

/** A file that pages refer to. */
export interface Asset {
  path: string;
  contentType: string;
  cacheControl: string;
  body: string;
}

/** Its path names its content, so that it can be kept for good. */
const named = (name: string, ending: string, contentType: string, body: string): Asset => ({
  path: `/assets/${name}.${digestId(body)}.${ending}`,
  contentType,
  cacheControl: 'public, max-age=31536000, immutable',
  body,
});

const style = named(
  'portal',
  'css',
  'text/css; charset=utf-8',
  stylesheet + noticeStyles + subscriptionStyles,
);
const script = named('kopieren', 'js', 'text/javascript; charset=utf-8', copyScript);

/** A letter between two rules; browsers ask for it at a path of its own. */
const icon: Asset = {
  path: '/favicon.svg',
  contentType: 'image/svg+xml',
  cacheControl: 'public, max-age=86400',
  body:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#8c1d18"/>' +
    '<path d="M5 5h22M5 27h22" stroke="#fff" stroke-width="2"/><path d="M10 9.500v13M22 9.500v13M10 16h12" ' +
    'stroke="#fff" stroke-width="3.500"/></svg>',
};

export const assets: readonly Asset[] = [style, script, icon];
export const stylesheetPath = style.path;
export const copyScriptPath = script.path;
