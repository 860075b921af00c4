/** What a terminal is told when less takes it over, and gives it back. */
export const ENTER_SCREEN = '\x1b[?1049h\x1b[?1h\x1b=';
export const LEAVE_SCREEN = '\x1b[?1l\x1b>\x1b[?1049l';
