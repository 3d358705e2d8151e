/**
 * Starts to count; the function that it returns gives the microseconds of CPU time since, of all threads of this process.
 * Other programs on the machine do not count, as they would by the clock.
 */
export function countCpu() {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return user + system;
  };
}
