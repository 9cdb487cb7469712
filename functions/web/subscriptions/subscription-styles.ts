/** The part of the stylesheet that sign-up and settings need; in the words and colours of the rest. */
export const subscriptionStyles = /* css */ `
/* Sign-up and settings */
.problems, .done { border: 1px solid var(--rule); border-inline-start: 4px solid var(--accent); background: var(--tint); padding: 0.9rem 1.2rem; margin-bottom: 1.6rem; font-family: var(--sans); font-size: 0.9375rem; }
.done { border-inline-start-color: var(--strong-rule); font-weight: 600; }
.column .problems h2 { font: 700 1rem/1.3 var(--sans); margin: 0 0 0.4rem; }
.problems ul { margin: 0; padding-inline-start: 1.2rem; }
.cadence { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0.2rem 1rem; padding-block: 0.45rem; border-bottom: 1px solid var(--rule); }
.cadence label { font-weight: 400; }
.cadence:first-of-type label { font-weight: 700; }
.cadence select { width: 10rem; margin: 0; padding-block: 0.4rem; flex: none; }
.column .choice { align-items: flex-start; }
@media (max-width: 30rem) { .cadence { flex-wrap: nowrap; } .cadence select { width: 8.5rem; } }
.settings > section { border-top: 1px solid var(--rule); margin-top: 2.4rem; }
.leave-topics li { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0.3rem 1rem; padding-block: 0.45rem; border-bottom: 1px solid var(--rule); font-family: var(--sans); font-size: 0.9375rem; }
.leave-topics form { margin: 0; }
.lure { position: absolute; inset-inline-start: -200vw; }
`;
