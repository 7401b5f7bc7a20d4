/**
 * Looks at every test once it is over, and fails the run with the names of those that left something
 * behind. Mocha gives up all later tests when an `afterEach` throws, so the complaints are kept
 * until the end.
 *
 * @param complaints what is wrong after the test that has just run
 */
export function checkEach(complaints: () => readonly string[]): void {
  const found: string[] = [];
  afterEach(function () {
    const title = this.currentTest?.fullTitle() ?? 'a test';
    found.push(...complaints().map((complaint) => `${title}: ${complaint}`));
  });
  after(() => {
    if (found.length > 0) throw new Error(found.join('\n'));
  });
}
