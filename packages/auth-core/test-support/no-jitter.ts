/** Makes every random draw 0 in the test file that imports it, so that renewals and retries come at known moments. */
Math.random = (): number => 0;
