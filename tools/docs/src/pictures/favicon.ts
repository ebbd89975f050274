/** The site's icon: a token of which most is fresh, the rest stale. */
export const favicon: string = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="11" fill="none" stroke="#3451b2" stroke-width="6" stroke-dasharray="50 70" transform="rotate(-90 16 16)"/><circle cx="16" cy="16" r="11" fill="none" stroke="#e0a100" stroke-width="6" stroke-dasharray="0 54 12 20" transform="rotate(-90 16 16)"/></svg>
`;
