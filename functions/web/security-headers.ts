import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Strict by default: nothing inline, nothing from elsewhere but images, which stay at their source.
 * A portal on plain http (one machine) shows images from plain http too.
 *
 * @param styles where styles may come from
 */
export const securityHeaders = (baseUrl: URL, styles = "'self'"): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [styles],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'https:', ...(baseUrl.protocol === 'http:' ? ['http:'] : [])],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    // HSTS is for https alone, and the edge ends TLS.
    strictTransportSecurity: baseUrl.protocol === 'https:' ? 'max-age=63072000; includeSubDomains' : false,
    referrerPolicy: 'strict-origin-when-cross-origin',
    xFrameOptions: 'DENY',
    xXssProtection: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], browsingTopics: [] },
  });
