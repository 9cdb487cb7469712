/** The part of the stylesheet that notices need; in the words and colours of the rest. */
export const noticeStyles = /* css */ `
/* Notices */
.notice { border-block: 1px solid var(--strong-rule); border-top: 3px solid var(--strong-rule); background: var(--tint); padding-block: 1rem; margin-top: 1rem; font-family: var(--sans); font-size: 0.9375rem; line-height: 1.5; }
.notice-warning { border-top-color: var(--accent); }
.notice-icon { display: flex; align-items: center; gap: 0.5rem; font-weight: 700; margin-bottom: 0.3rem; }
.notice-warning .notice-icon { color: var(--accent); }
.notice h2 { font: 700 1.2rem/1.3 var(--serif); margin-bottom: 0.4rem; }
.notice p { max-width: 46rem; margin-bottom: 0.4rem; }
.notice-links { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; }
.notice-links a { display: inline-block; padding: 0.3rem 0; }
.notice-state { border-inline-start: 3px solid var(--strong-rule); padding-inline-start: 1rem; }
.dates caption { text-align: start; font: 700 1rem/1.3 var(--sans); padding-bottom: 0.4rem; }
`;
