/** `1234567` as people read it: `1,234,567`. */
export const groupThousands = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');
