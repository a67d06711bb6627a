export const unused: Record<string, string>;
