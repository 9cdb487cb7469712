/** The one stylesheet of all pages: set like a newspaper, in system fonts, for light, dark and paper. */
export const stylesheet = /* css */ `
:root { color-scheme: light dark; }
`;
