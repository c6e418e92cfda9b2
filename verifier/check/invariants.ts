/** What several checks say that must hold. */
export const STORED = "the guard stores what the replay derives";
