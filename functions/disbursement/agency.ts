/** The bureau's unified social credit code (rulebook I.2), which the banks know it by. */
export const AGENCY = '1133070200259915X2';
