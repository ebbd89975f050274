// Loaded into a process by NODE_OPTIONS: its clock is ahead by CLOCK_AHEAD milliseconds.
const { now } = Date;
const ahead = Number(process.env.CLOCK_AHEAD);
Date.now = () => now() + ahead;
