/** Rows that were loaded and are no more: to be loaded again. A file of its own, for what loads rows is loaded late. */
export class RowsLost extends Error {}
