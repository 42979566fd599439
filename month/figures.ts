/** A count as the bureau writes it: thousands separated. */
export const countText = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
