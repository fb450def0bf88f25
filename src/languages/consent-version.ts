/**
 * Of what people read before they say whether their photos are kept: a date, changed with every change of its meaning. It is
 * kept beside what they said.
 */
export const CONSENT_VERSION = '2026-11-28';
